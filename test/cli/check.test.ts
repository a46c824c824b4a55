import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cartDeployment } from '../manifests/cartDeployment.ts';
import { copyProgram, runCli } from './runCli.ts';

const DEPLOYMENT = cartDeployment({ tag: '1.4.0', isStuck: true });

describe('slipway check', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'slipway-check-'));
    writeFileSync(path.join(folder, 'cart.yaml'), DEPLOYMENT);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function check(...args: string[]): {
    exitCode: number | null;
    findings: JsonFinding[];
    stderr: string;
    files: number;
  } {
    const { exitCode, stdout, stderr } = runCli(['check', '--format', 'json', ...args], { cwd: folder });
    const report = stdout === '' ? { findings: [], files: 0 } : JSON.parse(stdout);
    return { exitCode, stderr, findings: report.findings, files: report.files };
  }

  it('prints findings as JSON with places from 0, equivalents and fixes, and fails for an error', () => {
    const { exitCode, findings, files } = check();
    assert.equal(exitCode, 1);
    assert.equal(files, 1);
    assert.deepEqual(
      findings.map(({ rule, severity, file, range }) => ({ rule, severity, file, range })),
      [
        {
          rule: 'rolling/no-progress',
          severity: 'error',
          file: 'cart.yaml',
          range: { start: { line: 8, character: 22 }, end: { line: 8, character: 23 } },
        },
      ],
    );
    assert.deepEqual(findings[0]?.fixes, [
      {
        title: 'Set maxSurge to 1',
        safe: true,
        edits: [
          {
            file: 'cart.yaml',
            range: { start: { line: 7, character: 16 }, end: { line: 7, character: 17 } },
            newText: '1',
          },
        ],
      },
    ]);
    assert.equal(findings[0]?.related.length, 1);
  });

  it('counts a clean folder as clean', () => {
    writeFileSync(path.join(folder, 'cart.yaml'), DEPLOYMENT.replace('maxSurge: 0', 'maxSurge: 1'));
    assert.deepEqual({ ...check(), files: undefined }, { exitCode: 0, findings: [], stderr: '', files: undefined });
  });

  it('follows --fail-on and --max-warnings', () => {
    assert.equal(check('--fail-on', 'never').exitCode, 0);
    writeFileSync(
      path.join(folder, 'cart.yaml'),
      DEPLOYMENT.replace('maxSurge: 0', 'maxSurge: 1')
        .replace('spec:\n  strategy', 'spec:\n  replicas: 2\n  strategy')
        .replace('maxUnavailable: 0', 'maxUnavailable: 100%'),
    );
    const { exitCode, findings } = check();
    assert.deepEqual(
      findings.map(({ severity }) => severity),
      ['warning'],
    );
    assert.equal(exitCode, 0);
    assert.equal(check('--fail-on', 'warning').exitCode, 1);
    assert.equal(check('--max-warnings', '0').exitCode, 1);
    assert.equal(check('--max-warnings', '1').exitCode, 0);
  });

  it('says more in the strict profile', () => {
    const strict = check('--profile', 'strict').findings.map(({ rule }) => rule);
    assert.ok(strict.includes('requests-limits/memory-limit-missing'), strict.join(', '));
  });

  it('writes SARIF 2.1.0 with places from 1', () => {
    const run = JSON.parse(runCli(['check', '--format', 'sarif'], { cwd: folder }).stdout).runs[0];
    assert.equal(run.tool.driver.name, 'Slipway');
    assert.deepEqual(
      run.tool.driver.rules.map(({ id }: { id: string }) => id),
      ['rolling/no-progress'],
    );
    const [result] = run.results;
    assert.deepEqual(result.locations[0].physicalLocation.region, {
      startLine: 9,
      startColumn: 23,
      endLine: 9,
      endColumn: 24,
    });
    assert.equal(result.level, 'error');
    assert.equal(result.fixes[0].artifactChanges[0].replacements[0].insertedContent.text, '1');
  });

  it('writes GitHub annotations and JUnit', () => {
    const github = runCli(['check', '--format', 'github'], { cwd: folder }).stdout;
    assert.equal(
      github,
      '::error file=cart.yaml,line=9,endLine=9,col=23,endColumn=24,title=rolling/no-progress::The rollout of cart can make no step: maxSurge and maxUnavailable are both 0.\n',
    );
    const junit = runCli(['check', '--format', 'junit'], { cwd: folder }).stdout;
    assert.match(junit, /<testsuites name="slipway" tests="1" failures="1"/);
    assert.match(junit, /<testcase classname="cart.yaml" name="rolling\/no-progress 9:23"><failure type="error"/);
  });

  it('writes to a file with --output and nothing to standard output', () => {
    const { stdout } = runCli(['check', '--format', 'json', '--output', 'report.json'], { cwd: folder });
    assert.equal(stdout, '');
    assert.equal(JSON.parse(readFileSync(path.join(folder, 'report.json'), 'utf8')).version, 1);
  });

  it('refuses what it does not understand with exit code 2 and plain words', () => {
    for (const [args, words] of [
      [['check', 'no-such-folder'], /There is no file or folder 'no-such-folder'/],
      [['check', '--format', 'xml'], /There is no format 'xml'/],
      [['check', '--profile', 'lax'], /There is no profile 'lax'/],
      [['check', '--fail-on', 'hint'], /--fail-on takes/],
      [['check', '--nonsense'], /nonsense/],
      [['chek'], /There is no command 'chek'/],
    ] as const) {
      const { exitCode, stderr, stdout } = runCli(args, { cwd: folder });
      assert.equal(exitCode, 2, args.join(' '));
      assert.match(stderr, words);
      assert.doesNotMatch(stderr, /\n\s+at /, 'a usage error has no stack');
      assert.equal(stdout, '');
    }
  });

  describe('on bad input', () => {
    it('reports a half-typed file at its place and still checks the others', () => {
      writeFileSync(path.join(folder, 'half.yaml'), 'apiVersion: v1\nkind: Service\nmetadata:\n  name: "cart\n');
      const { findings } = check();
      assert.ok(findings.some(({ rule, file }) => file === 'half.yaml' && rule.startsWith('syntax/')));
      assert.ok(findings.some(({ rule }) => rule === 'rolling/no-progress'));
    });

    it('names a binary file and goes on', () => {
      writeFileSync(path.join(folder, 'image.yaml'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]));
      const { findings } = check();
      assert.deepEqual(
        findings.filter(({ file }) => file === 'image.yaml').map(({ rule }) => rule),
        ['syntax/not-text'],
      );
      assert.equal(findings.length, 2);
    });

    it('says nothing about an empty file, comments alone, or a BOM with CRLF', () => {
      writeFileSync(path.join(folder, 'empty.yaml'), '');
      writeFileSync(path.join(folder, 'comments.yaml'), '# nothing yet\n---\n# still nothing\n');
      writeFileSync(
        path.join(folder, 'windows.yaml'),
        `\uFEFF${DEPLOYMENT.replace('maxSurge: 0', 'maxSurge: 1').replaceAll('cart', 'shelf').replaceAll('\n', '\r\n')}`,
      );
      assert.equal(check().findings.length, 1);
    });

    it('checks a file of 10 MB', () => {
      const documents = Array.from({ length: 30_000 }, (_, index) =>
        DEPLOYMENT.replaceAll('cart', `cart-${index}`).replace('maxSurge: 0', 'maxSurge: 1'),
      );
      const text = `${documents.join('---\n')}---\n${DEPLOYMENT}`;
      assert.ok(text.length > 10_000_000);
      writeFileSync(path.join(folder, 'cart.yaml'), text);
      assert.deepEqual(
        check().findings.map(({ rule }) => rule),
        ['rolling/no-progress'],
      );
    }).timeout(180_000);

    it('ends for symbolic links in a circle, and reads a linked file', () => {
      mkdirSync(path.join(folder, 'deep'));
      symlinkSync(folder, path.join(folder, 'deep/back'));
      symlinkSync('nowhere.yaml', path.join(folder, 'dangling.yaml'));
      assert.equal(check().findings.length, 1);
    });

    it('says which folder it may not read, and reads the rest', function () {
      if (process.getuid?.() !== 0) {
        // Only root can take rights from itself by becoming someone else.
        assert.notEqual(process.env['CI'], 'true', 'this test needs root, and in CI it has it');
        console.log('      SKIPPED: only root can run Slipway as another user');
        this.skip();
      }
      const own = mkdtempSync(path.join(tmpdir(), 'slipway-other-user-'));
      const readable = mkdtempSync(path.join(tmpdir(), 'slipway-program-'));
      try {
        const program = copyProgram(readable);
        writeFileSync(path.join(own, 'cart.yaml'), DEPLOYMENT);
        mkdirSync(path.join(own, 'secret'), { mode: 0o700 });
        writeFileSync(path.join(own, 'closed.yaml'), DEPLOYMENT, { mode: 0o600 });
        // The folder itself must be open to the other user; mkdtemp makes it private.
        chmodSync(own, 0o755);
        const { stdout, exitCode } = runCli(['check', '--format', 'json', own], { uid: 65534, cwd: '/', program });
        const findings: JsonFinding[] = JSON.parse(stdout).findings;
        assert.deepEqual(findings.map(({ rule, message }) => `${rule}: ${message}`).sort(), [
          'rolling/no-progress: The rollout of cart can make no step: maxSurge and maxUnavailable are both 0.',
          'syntax/not-readable: This file cannot be read: permission denied.',
          'syntax/not-readable: This folder cannot be read: permission denied.',
        ]);
        assert.equal(exitCode, 1);
      } finally {
        rmSync(own, { recursive: true, force: true });
        rmSync(readable, { recursive: true, force: true });
      }
    });
  });
});

interface JsonFinding {
  readonly rule: string;
  readonly severity: string;
  readonly file: string;
  readonly message: string;
  readonly range: {
    readonly start: { line: number; character: number };
    readonly end: { line: number; character: number };
  };
  readonly related: readonly unknown[];
  readonly fixes: readonly unknown[];
}
