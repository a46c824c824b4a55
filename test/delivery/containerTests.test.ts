import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import type { Failure } from '../../client/src/cluster/failure.ts';
import { parseContainerTests } from '../../client/src/delivery/containerTest.ts';
import { type ContainerTestResult, runContainerTests } from '../../client/src/delivery/runContainerTests.ts';
import { MemoryEngine } from './memoryEngine.ts';

const engine = new MemoryEngine();
engine.images.set('cart:1', {
  id: 'sha256:1',
  digest: '',
  pushed: false,
  config: {
    environment: { PATH: '/bin', MODE: 'shop' },
    labels: { team: 'cart' },
    exposedPorts: ['8080/tcp', '53/udp'],
    entrypoint: ['/app'],
    command: ['--serve'],
    user: '1000',
    workingFolder: '/srv',
    volumes: ['/data'],
  },
  files: {
    '/app': { mode: 0o750, uid: 5, gid: 6 },
    '/etc': { type: 'directory', mode: 0o755 },
    '/bin/su': { mode: 0o4755 },
    '/etc/motd': { text: 'Hello Cart\nversion 2' },
    '/etc/joke': { text: 'under the wtfpl' },
    '/usr/share/doc/cart': { type: 'directory' },
    '/usr/share/doc/cart/copyright': { text: 'MIT' },
    '/usr/share/doc/cart/more/AGPL.txt': { text: 'AGPL' },
    '/usr/share/doc/server': { type: 'directory' },
    '/usr/share/doc/server/copyright': { text: 'GNU agpl' },
    '/usr/share/doc/bare': { type: 'directory' },
    '/usr/share/doc/linked': { type: 'symlink' },
    '/usr/share/doc/libgnutls30': { type: 'directory' },
  },
});
engine.programs.set('/app --version', { exitCode: 0, stdout: 'cart 2.1', stderr: 'warm' });
engine.programs.set('/app --fail', { exitCode: 3, stdout: '', stderr: 'no database\n' });

async function run(tests: object): Promise<readonly ContainerTestResult[]> {
  const text = JSON.stringify({ schemaVersion: '2.0.0', ...tests });
  const seen: ContainerTestResult[] = [];
  const results = await runContainerTests(
    engine,
    'cart:1',
    parseContainerTests('tests.yaml', text),
    (result) => seen.push(result),
    new AbortController().signal,
  );
  assert.deepEqual(seen, results, 'every result is told as it comes');
  return results;
}

async function complaintsOf(tests: object): Promise<readonly string[]> {
  return (await run(tests)).flatMap(({ complaints }) => complaints);
}

describe('Container tests', () => {
  it('run commands and compare output, error output and exit code', async () => {
    const good = {
      name: 'v',
      command: '/app',
      args: ['--version'],
      expectedOutput: ['cart \\d'],
      excludedOutput: ['3'],
    };
    assert.deepEqual(await complaintsOf({ commandTests: [{ ...good, expectedError: ['(?i)WARM'] }] }), []);
    assert.deepEqual(
      await complaintsOf({ commandTests: [{ ...good, expectedOutput: ['shop'], excludedError: ['warm'] }] }),
      ['The output lacks shop.', 'The error output contains warm.'],
    );
    assert.deepEqual(await complaintsOf({ commandTests: [{ name: 'f', command: '/app', args: ['--fail'] }] }), [
      'Expected exit code 0, found 3: no database',
    ]);
    assert.deepEqual(await complaintsOf({ commandTests: [{ command: '/app', args: ['--fail'], exitCode: 3 }] }), []);
  });

  it('look at files: presence, permissions, owner, who may execute', async () => {
    const exists = (test: object) => complaintsOf({ fileExistenceTests: [{ name: 'f', ...test }] });
    assert.deepEqual(
      await exists({ path: '/app', permissions: '-rwxr-x---', uid: 5, gid: 6, isExecutableBy: 'group' }),
      [],
    );
    assert.deepEqual(await exists({ path: '/etc', permissions: 'drwxr-xr-x' }), []);
    assert.deepEqual(await exists({ path: '/bin/su', permissions: 'urwxr-xr-x' }), []);
    assert.deepEqual(await exists({ path: '/none', shouldExist: false }), []);
    assert.deepEqual(await exists({ path: '/none' }), ['/none does not exist.']);
    assert.deepEqual(await exists({ path: '/app', shouldExist: false }), ['/app should not exist.']);
    const wrong = await exists({ path: '/app', permissions: '-rw-r--r--', uid: 0, gid: 0, isExecutableBy: 'other' });
    assert.equal(wrong.length, 4);
  });

  it('read files', async () => {
    const content = (test: object) => complaintsOf({ fileContentTests: [{ name: 'c', path: '/etc/motd', ...test }] });
    assert.deepEqual(
      await content({ expectedContents: ['Hello .*', 'version [0-9]'], excludedContents: ['TODO'] }),
      [],
    );
    assert.deepEqual(await content({ excludedContents: ['Cart'] }), ['The content contains Cart.']);
    assert.deepEqual(await content({ path: '/etc' }), ['/etc is not a file of the image.']);
  });

  it('look at what the image tells a runtime', async () => {
    const metadata = (metadataTest: object) => complaintsOf({ metadataTest });
    const right = {
      envVars: [
        { key: 'MODE', value: 'shop' },
        { key: 'PATH', value: '^/', isRegex: true },
      ],
      labels: [{ key: 'team', value: 'cart' }],
      exposedPorts: ['8080', '53/udp'],
      unexposedPorts: ['22', '53'],
      volumes: ['/data'],
      unmountedVolumes: ['/tmp'],
      entrypoint: ['/app'],
      cmd: ['--serve'],
      workdir: '/srv',
      user: '1000',
    };
    assert.deepEqual(await metadata(right), []);
    const wrong = await metadata({
      ...right,
      user: 'root',
      exposedPorts: ['80'],
      entrypoint: [],
      labels: [{ key: 'x', value: 'y' }],
    });
    assert.deepEqual(wrong, [
      'Expected label x=y, found none.',
      'Port 80 is not exposed.',
      'Expected entrypoint [], found ["/app"].',
      'Expected user "root", found "1000".',
    ]);
  });

  it('refuse variables that are set and must not be', async () => {
    const metadataTest = { unboundEnvVars: [{ key: 'MODE' }, { key: 'DEBUG' }] };
    assert.deepEqual(await complaintsOf({ metadataTest }), ['Variable MODE is set.']);
  });

  it('look for licences that are refused, in the packages of Debian and elsewhere', async () => {
    const licenses = (test: object) => complaintsOf({ licenseTests: [test] });
    assert.deepEqual(await licenses({ debian: true }), [
      '/usr/share/doc/server/copyright speaks of AGPL.',
      '/usr/share/doc/bare/copyright is not a file of the image.',
    ]);
    assert.deepEqual(await licenses({ debian: false, files: ['/etc/motd', '/etc/none', '/etc/joke'] }), [
      '/etc/none is not a file of the image.',
      '/etc/joke speaks of WTFPL.',
    ]);
  });

  it('run their containers as the file says, and only name the variables whose values they pass on', async () => {
    engine.runs.length = 0;
    const containerRunOptions = {
      user: 'root',
      privileged: true,
      allocateTty: true,
      envFile: 'own/.env',
      envVars: ['TOKEN'],
      capabilities: ['NET_BIND_SERVICE'],
      bindMounts: ['./data:/data:ro', '/etc/x:/x', 'volume:/v'],
    };
    const command = { name: 'v', command: '/app', args: ['--version'], setup: [['a']], teardown: [['b', 'c']] };
    const globalEnvVars = [
      { key: 'PATH', value: '/own:$PATH' },
      { key: 'HOME', value: '${PATH}/$NOBODY/home' },
    ];
    assert.deepEqual(await complaintsOf({ containerRunOptions, globalEnvVars, commandTests: [command] }), []);
    assert.deepEqual(engine.runs, [
      {
        reference: 'cart:1',
        command: ['/app', '--version'],
        setup: [['a']],
        teardown: [['b', 'c']],
        environment: { PATH: '/own:/bin', HOME: '/own:/bin//home' },
        user: 'root',
        isPrivileged: true,
        hasTerminal: true,
        environmentFile: resolve('own/.env'),
        passedVariables: ['TOKEN'],
        capabilities: ['NET_BIND_SERVICE'],
        mounts: [`${resolve('data')}:/data:ro`, '/etc/x:/x', 'volume:/v'],
      },
    ]);
  });

  it('tell a teardown that fails', async () => {
    const failedTeardown = { command: ['rm', '-r', '/x'], exitCode: 1 };
    engine.programs.set('/app --messy', { exitCode: 0, stdout: '', stderr: '', failedTeardown });
    assert.deepEqual(await complaintsOf({ commandTests: [{ command: '/app', args: ['--messy'] }] }), [
      'The teardown rm -r /x ended with 1.',
    ]);
  });

  it('say aloud what is not carried out', async () => {
    const results = await run({ containerRunOptions: { privileged: true, runtime: 'runsc' } });
    assert.deepEqual(
      results.map(({ name, outcome }) => [name, outcome]),
      [['containerRunOptions.runtime', 'notRun']],
    );
  });

  it('close the image’s files even when a test cannot be carried out', async () => {
    engine.log.length = 0;
    const invalid = run({ fileContentTests: [{ name: 'x', path: '/etc/motd', expectedContents: ['('] }] });
    await assert.rejects(invalid, (error: Failure) => error.kind === 'invalid');
    assert.deepEqual(engine.log, ['open cart:1', 'close cart:1']);
  });

  it('refuse a file that is no test file', () => {
    for (const text of ['{}', 'schemaVersion: 1.0.0', '- a', 'a: [', '']) {
      assert.throws(
        () => parseContainerTests('t.yaml', text),
        (error: Failure) => error.kind === 'invalid',
        text,
      );
    }
  });
});
