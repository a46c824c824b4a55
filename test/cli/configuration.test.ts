import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cartDeployment } from '../manifests/cartDeployment.ts';
import { runCli } from './runCli.ts';

const CART = cartDeployment();

describe('slipway check with a slipway.yaml', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'slipway-configuration-'));
    mkdirSync(path.join(folder, '.git'));
    mkdirSync(path.join(folder, 'shop/deploy'), { recursive: true });
    write('shop/deploy/cart.yaml', CART);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function write(name: string, text: string): void {
    writeFileSync(path.join(folder, name), text);
  }

  function check(cwd: string, ...args: string[]) {
    const { exitCode, stdout, stderr } = runCli(['check', '--format', 'json', ...args], {
      cwd: path.join(folder, cwd),
    });
    const report = stdout.startsWith('{') ? JSON.parse(stdout) : { findings: [], files: 0 };
    const findings = report.findings as { rule: string; severity: string; file: string }[];
    return { exitCode, stdout, stderr, findings, files: report.files as number };
  }

  const rules = (found: { findings: readonly { rule: string; severity: string }[] }) =>
    found.findings.map(({ rule, severity }) => `${severity} ${rule}`);

  it('counts settings above what is checked, up to the root of the repository, and does not check them', () => {
    assert.deepEqual(rules(check('shop/deploy')), ['warning pod-security/image-tag-latest']);
    write('slipway.yaml', 'profil: strict\nrules: { pod-security/image-tag-latest: error }\n');
    for (const [cwd, target] of [
      ['shop/deploy', '.'],
      ['shop', 'deploy'],
      ['.', 'shop/deploy/cart.yaml'],
    ] as const) {
      const found = check(cwd, target);
      assert.deepEqual(rules(found), ['error pod-security/image-tag-latest'], target);
      assert.equal(found.files, 1);
      assert.equal(found.exitCode, 1);
    }
    assert.ok(rules(check('.')).includes('error configuration/unknown-key'));
  });

  it('stops at the root of the repository', () => {
    write('slipway.yaml', 'exclude: [shop]\n');
    assert.deepEqual(rules(check('shop/deploy')), []);
    mkdirSync(path.join(folder, 'shop/.git'));
    assert.deepEqual(rules(check('shop/deploy')), ['warning pod-security/image-tag-latest']);
  });

  it('takes the profile of the command line before that of the file', () => {
    write('slipway.yaml', 'profile: strict\n');
    assert.ok(check('shop').findings.length > 5);
    assert.equal(check('shop', '--profile', 'recommended').findings.length, 1);
    write('slipway.yaml', 'profile: recommended\n');
    assert.ok(check('shop', '--profile', 'strict').findings.length > 5);
  });

  it('fails for the least severity that was asked for, and for too many warnings', () => {
    assert.equal(check('shop').exitCode, 0);
    assert.equal(check('shop', '--fail-on', 'warning').exitCode, 1);
    assert.equal(check('shop', '--max-warnings', '0').exitCode, 1);
    assert.equal(check('shop', '--max-warnings', '1').exitCode, 0);
    write('slipway.yaml', 'rules: { pod-security: information }\n');
    assert.equal(check('shop', '--fail-on', 'warning').exitCode, 0);
  });
});

describe('a baseline', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'slipway-baseline-'));
    writeFileSync(path.join(folder, 'cart.yaml'), CART);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const run = (...args: string[]) => runCli(['check', '--fail-on', 'information', ...args], { cwd: folder });
  const put = (text: string) => writeFileSync(path.join(folder, 'cart.yaml'), text);

  it('leaves out what it knows, wherever the line moved to', () => {
    const written = run('--profile', 'strict', '--write-baseline', 'known.json');
    assert.match(written.stdout, /^Wrote \d+ findings to known\.json\.\n$/);
    assert.equal(written.exitCode, 0);
    put(`# A remark.\n\n${CART}`);
    const after = run('--profile', 'strict', '--baseline', 'known.json');
    assert.match(after.stdout, /^No findings in /);
    assert.equal(after.exitCode, 0);
    assert.equal(after.stderr, '');
  });

  it('reports what is new, and the second of a kind', () => {
    run('--write-baseline', 'known.json');
    put(`${CART}        - name: cache\n          image: registry.example.com/cache:latest\n`);
    const added = run('--baseline', 'known.json');
    assert.match(added.stdout, /cache of Deployment cart/);
    assert.doesNotMatch(added.stdout, /web of Deployment cart/);
    assert.equal(added.exitCode, 1);
    put(`${CART}---\n${CART}`);
    const twice = run('--baseline', 'known.json');
    assert.equal(twice.stdout.match(/image-tag-latest/g)?.length, 1);
  });

  it('says when known findings were mended', () => {
    run('--write-baseline', 'known.json');
    put(CART.replace('latest', '1.4.0'));
    assert.match(run('--baseline', 'known.json').stderr, /1 of the baseline's findings were mended/);
  });

  it('holds no text of the files, and is the same twice', () => {
    put(CART.replace('name: web', 'name: web\n          env: [{ name: PASSWORD, value: hunter2 }]'));
    run('--profile', 'strict', '--write-baseline', 'known.json');
    const text = readFileSync(path.join(folder, 'known.json'), 'utf8');
    assert.doesNotMatch(text, /hunter2|registry\.example/);
    run('--profile', 'strict', '--write-baseline', 'known.json');
    assert.equal(readFileSync(path.join(folder, 'known.json'), 'utf8'), text);
  });

  it('that is not there, or is none, is refused', () => {
    writeFileSync(path.join(folder, 'broken.json'), '{');
    writeFileSync(path.join(folder, 'other.json'), '{"version": 1, "findings": [{}]}');
    for (const [file, words] of [
      ['missing.json', /There is no baseline missing\.json; --write-baseline missing\.json writes one\./],
      ['broken.json', /broken\.json is no baseline of Slipway\./],
      ['other.json', /other\.json is no baseline of Slipway\./],
    ] as const) {
      const { exitCode, stderr } = run('--baseline', file);
      assert.equal(exitCode, 2);
      assert.match(stderr, words);
    }
    assert.equal(run('--baseline', 'a', '--write-baseline', 'b').exitCode, 2);
  });
});
