import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Builds the services of examples/shop whose toolchain this machine has, and runs their tests. What a
 * build leaves (target/, .venv/) stays beside its sources, ignored by git, so that the next run is quick.
 */
const shop = join(import.meta.dirname, '../../examples/shop');
const minute = 60_000;

interface Outcome {
  exitCode: number | null;
  output: string;
}

/** Runs a program in a folder of the shop and collects what it says. */
function run(folder: string, program: string, ...args: string[]): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: join(shop, folder), stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, output }));
  });
}

async function succeed(folder: string, program: string, ...args: string[]): Promise<string> {
  const { exitCode, output } = await run(folder, program, ...args);
  const end = output.slice(-4_000);
  assert.equal(exitCode, 0, `${program} ${args.join(' ')} in examples/shop/${folder} failed:\n${end}`);
  return output;
}

/** Skips aloud when a program is not here; in CI that is a failure, because nobody would read the skip. */
function need(test: Mocha.Context, program: string, ...args: string[]): void {
  if (spawnSync(program, args).status === 0) {
    return;
  }
  const reason = `${program} ${args.join(' ')} does not run on this machine`;
  assert.notEqual(process.env['CI'], 'true', reason);
  console.log(`      skipped: ${reason}`);
  test.skip();
}

describe('the services of the shop build and pass their tests', () => {
  it('orders, by Maven', async function () {
    this.timeout(6 * minute);
    need(this, 'mvn', '--version');
    const output = await succeed('orders', 'mvn', '--batch-mode', '--no-transfer-progress', 'package');
    assert.match(output, /Tests run: [1-9]\d*, Failures: 0, Errors: 0, Skipped: 0/);
    assert.ok(existsSync(join(shop, 'orders/target/orders.jar')));
  });

  it('catalog, by pip and pytest', async function () {
    this.timeout(4 * minute);
    need(this, 'python3', '-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))');
    const python = join(shop, 'catalog/.venv/bin/python');
    if (!existsSync(python)) {
      await succeed('catalog', 'python3', '-m', 'venv', '.venv');
    }
    await succeed('catalog', python, '-m', 'pip', 'install', '--quiet', '--requirement', 'requirements-test.txt');
    const output = await succeed('catalog', python, '-m', 'pytest', '--quiet');
    assert.match(output, /^[1-9]\d* passed/m);
    assert.doesNotMatch(output, /skipped|warning/);
  });

  it('shipping, by Cargo', async function () {
    this.timeout(8 * minute);
    need(this, 'cargo', '--version');
    const output = await succeed('shipping', 'cargo', 'test', '--locked', '--color=never');
    assert.match(output, /test result: ok\. [1-9]\d* passed; 0 failed; 0 ignored/);
    assert.ok(existsSync(join(shop, 'shipping/target/debug/shipping')));
  });
});
