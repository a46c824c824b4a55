import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type Docker from 'dockerode';
import { runInContainers } from '../../client/src/adapters/containerRuns.ts';
import type { Failure } from '../../client/src/cluster/failure.ts';
import type { ContainerResult, ContainerRun } from '../../client/src/delivery/imageEngine.ts';

/** What an engine was asked for, in order; commands end with the exit codes that are set. */
class AskedEngine {
  readonly created: Docker.ContainerCreateOptions[] = [];
  readonly log: string[] = [];
  readonly exitCodes = new Map<string, number>();
  said = '';
  #lastCommitted = '';

  async run(request: Omit<ContainerRun, 'reference'>, environment: NodeJS.ProcessEnv = {}): Promise<ContainerResult> {
    const docker = {
      createContainer: async (options: Docker.ContainerCreateOptions) => this.#container(options),
      getImage: (id: string) => ({ remove: async () => this.#remove(id) }),
      modem: {
        demuxStream: (from: PassThrough, output: PassThrough) => {
          from.pipe(output);
        },
      },
    } as unknown as Docker;
    return runInContainers(docker, { reference: 'cart:1', ...request }, environment, new AbortController().signal);
  }

  /** As engines do, which take the images below away, too. */
  #remove(id: string): void {
    this.log.push(`remove ${id}`);
    if (id !== this.#lastCommitted) throw Object.assign(new Error(`No such image: ${id}`), { statusCode: 404 });
  }

  #container(options: Docker.ContainerCreateOptions): object {
    this.created.push(options);
    const command = [...(options.Entrypoint ?? []), ...(options.Cmd ?? [])].join(' ');
    this.log.push(`${options.Image}: ${command}`);
    const stream = new PassThrough();
    return {
      attach: async () => stream,
      start: async () => void stream.end(this.said),
      wait: async () => ({ StatusCode: this.exitCodes.get(command) ?? 0 }),
      commit: async () => {
        this.#lastCommitted = `after ${command}`;
        return { Id: this.#lastCommitted };
      },
      remove: async () => void this.log.push(`end ${command}`),
    };
  }
}

describe('A program in a container', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'slipway-runs-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('runs between setup and teardown, each over what the one before left, and nothing stays', async () => {
    const engine = new AskedEngine();
    await engine.run({ command: ['test', '-v'], setup: [['make']], teardown: [['clear'], ['wipe']] });
    assert.deepEqual(engine.log, [
      'cart:1: make',
      'end make',
      'after make: test -v',
      'end test -v',
      'after test -v: clear',
      'end clear',
      'after clear: wipe',
      'end wipe',
      ...['remove after wipe', 'remove after clear', 'remove after test -v', 'remove after make'],
    ]);
  });

  it('is not run after a setup that failed, and keeps its result when the teardown fails', async () => {
    const engine = new AskedEngine();
    engine.exitCodes.set('make', 2).set('clear', 3).set('test', 1);
    assert.equal((await engine.run({ command: ['test'], setup: [['make']] })).exitCode, 2);
    assert.deepEqual(engine.log.slice(0, 2), ['cart:1: make', 'end make']);
    assert.ok(!engine.log.some((line) => line.endsWith(': test')));
    const cleared = await engine.run({ command: ['test'], teardown: [['clear'], ['wipe']] });
    assert.deepEqual([cleared.exitCode, cleared.failedTeardown], [1, { command: ['clear'], exitCode: 3 }]);
    assert.ok(!engine.log.some((line) => line.endsWith(': wipe')));
  });

  it('gets the rights, folders and terminal that it is to have, and no others', async () => {
    const engine = new AskedEngine();
    engine.said = 'raw\r\n';
    await engine.run({ command: ['a'] });
    const run = { isPrivileged: true, hasTerminal: true, capabilities: ['SYS_TIME'], mounts: ['/a:/b:ro'], user: '7' };
    assert.equal((await engine.run({ command: ['a'], ...run })).stdout, 'raw\r\n');
    assert.deepEqual(
      engine.created.map(({ HostConfig, Tty, User }) => [HostConfig, Tty, User]),
      [
        [{ Privileged: false, CapAdd: [], Binds: [] }, false, undefined],
        [{ Privileged: true, CapAdd: ['SYS_TIME'], Binds: ['/a:/b:ro'] }, true, '7'],
      ],
    );
  });

  it('gets variables from its file, from the machine, and its own, the last one counts', async () => {
    const engine = new AskedEngine();
    const environmentFile = join(folder, '.env');
    writeFileSync(environmentFile, '# ours\r\nA=1 = one\r\n\r\nB\r\nNOT_SET\r\n');
    const run = { command: ['a'], environmentFile, passedVariables: ['C', 'NOT_SET'], environment: { A: '2' } };
    await engine.run(run, { B: 'b', C: 'c', D: 'd' });
    assert.deepEqual(engine.created[0]?.Env, ['A=1 = one', 'B=b', 'C=c', 'A=2']);
    await assert.rejects(
      engine.run({ command: ['a'], environmentFile: join(folder, 'none') }),
      (error: Failure) => error.kind === 'invalid' && /none cannot be read/.test(error.message),
    );
  });
});
