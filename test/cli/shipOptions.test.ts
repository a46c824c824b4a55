import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUILD_OPTIONS } from '../../cli/src/buildOptions.ts';
import { CommandLineError } from '../../cli/src/commandLineError.ts';
import { readRolloutOptions } from '../../cli/src/rolloutOptions.ts';
import { readShipOptions, SHIP_USAGE } from '../../cli/src/shipOptions.ts';

describe('the options of slipway ship and slipway rollout', () => {
  let folder: string;
  let source: string;
  const place = ['--context', 'kind-shop', '-n', 'shop'];

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'slipway-options-'));
    source = join(folder, 'cart');
    mkdirSync(source);
    writeFileSync(join(source, 'Dockerfile'), 'FROM scratch\n');
    writeFileSync(join(folder, 'token'), 'sesame');
  });
  after(() => rmSync(folder, { recursive: true }));

  const complaint = (read: () => unknown): string => {
    try {
      read();
    } catch (error) {
      if (error instanceof CommandLineError) return error.message;
      throw error;
    }
    return assert.fail('nothing was refused');
  };

  it('reads a build with everything', () => {
    const options = readShipOptions([
      ...['--build', source, '--image', 'shop/cart:2', '--build-arg', 'A=b=c', '--target', 'site'],
      ...['--secret', `npm=${join(folder, 'token')}`, '--secret', 'key=env:KEY', '--overwrite'],
      ...[...place, '--timeout', '1h30m', '--undo-on-failure', source],
    ]);
    assert.deepEqual(options?.build, {
      contextFolder: source,
      dockerfile: join(source, 'Dockerfile'),
      buildArguments: { A: 'b=c' },
      secrets: [
        { id: 'npm', file: join(folder, 'token') },
        { id: 'key', environmentVariable: 'KEY' },
      ],
      platforms: [],
      output: 'engine',
      target: 'site',
    });
    assert.equal(options.target.timeoutMilliseconds, 5_400_000);
    assert.deepEqual([options.push, options.overwrite, options.watch, options.undoOnFailure], [true, true, true, true]);
  });

  it('builds for several platforms straight into the registry', () => {
    const build = [
      '--build',
      source,
      '--image',
      'shop/cart:2',
      '--platform',
      'linux/amd64',
      '--platform',
      'linux/arm64',
    ];
    assert.equal(readShipOptions(build)?.build?.output, 'registry');
    assert.match(
      complaint(() => readShipOptions([...build, '--no-push'])),
      /only be built into the registry/,
    );
  });

  it('reads the connections, caches and freshness of a build, with whole paths', () => {
    const former = process.env['SSH_AUTH_SOCK'];
    const cwd = process.cwd();
    const build = (...args: string[]) => readShipOptions(['--build', source, '--image', 'a', ...args])?.build;
    try {
      process.chdir(folder);
      const own = process.cwd();
      process.env['SSH_AUTH_SOCK'] = join(folder, 'agent');
      assert.deepEqual(build('--ssh', 'default', '--ssh', 'git=token,cart')?.ssh, [
        'default',
        `git=${join(own, 'token')},${join(own, 'cart')}`,
      ]);
      delete process.env['SSH_AUTH_SOCK'];
      assert.match(
        complaint(() => build('--ssh', 'default')),
        /--ssh default needs an SSH agent.*default=KEY/,
      );
      const caches = build(
        ...['--cache-from', 'type=local,src=cache', '--cache-from', 'shop/cart:cache'],
        ...['--cache-to', 'type=local,dest=/cache,mode=max', '--no-cache', '--pull'],
      );
      assert.deepEqual(caches?.cacheFrom, [`type=local,src=${join(own, 'cache')}`, 'shop/cart:cache']);
      assert.deepEqual(caches?.cacheTo, ['type=local,dest=/cache,mode=max']);
      assert.deepEqual([caches?.noCache, caches?.pull], [true, true]);
      assert.deepEqual([build()?.ssh, build()?.noCache, build()?.cacheTo], [undefined, undefined, undefined]);
    } finally {
      process.chdir(cwd);
      if (former === undefined) delete process.env['SSH_AUTH_SOCK'];
      else process.env['SSH_AUTH_SOCK'] = former;
    }
  });

  it('tells every option in its usage', () => {
    for (const option of Object.keys(BUILD_OPTIONS))
      assert.match(SHIP_USAGE, new RegExp(`^  --${option} `, 'm'), option);
  });

  const refusals: readonly [string, () => readonly string[], RegExp][] = [
    ['no context', () => ['-n', 'shop', source], /Name the context/],
    ['no namespace', () => ['--context', 'a', source], /Name the namespace/],
    ['a namespace that is none', () => ['--context', 'a', '-n', 'Shop', source], /'Shop' is no name of a namespace/],
    ['nothing', () => place, /nothing to ship/],
    ['a missing path', () => [...place, join(folder, 'none')], /There is no file or folder '.*none'/],
    ['a build without a name', () => ['--build', source], /--build needs --image/],
    ['a build without a Dockerfile', () => ['--build', folder, '--image', 'a'], /no Dockerfile in/],
    ['a strange duration', () => [...place, '--timeout', '10', source], /such as 90s/],
    ['a strange format', () => [...place, '--format', 'xml', source], /choose human or json/],
    ['tests of no build', () => [...place, '--test', join(folder, 'token'), source], /--test needs --build/],
    ['a secret of no build', () => [...place, '--secret', 'a=env:A', source], /--secret needs --build/],
    ['a pull of no build', () => [...place, '--pull', source], /--pull needs --build/],
    ['a strange connection', () => ['--build', source, '--image', 'a', '--ssh', '=x'], /--ssh takes ID, or ID=KEY/],
    ['an unknown option', () => [...place, '--force', source], /Unknown option '--force'/],
    ['a missing kubeconfig', () => [...place, '--kubeconfig', join(folder, 'none'), source], /There is no file/],
  ];
  for (const [what, args, message] of refusals) {
    it(`refuses ${what}`, () =>
      assert.match(
        complaint(() => readShipOptions(args())),
        message,
      ));
  }

  it('reads a release, and refuses what means nothing for one', () => {
    const chart = join(folder, 'chart');
    mkdirSync(chart);
    writeFileSync(join(chart, 'Chart.yaml'), 'name: shop\n');
    const values = join(folder, 'token');
    const release = [...place, '--release', 'web', '--values', values];
    assert.deepEqual(readShipOptions([...release, chart])?.release, {
      name: 'web',
      chartFolder: chart,
      valuesFiles: [values],
    });
    const refused = (...args: string[]): string => complaint(() => readShipOptions(args));
    assert.match(refused(...release, source), /takes one path: the folder of a Chart\.yaml/);
    assert.match(refused(...release, chart, source), /takes one path/);
    assert.match(refused(...release, '--set', 'shop', chart), /--set does not go with --release/);
    assert.match(refused(...release, '--force-conflicts', chart), /--force-conflicts does not go/);
    assert.match(refused(...place, '--release', 'Web', chart), /no name of a release/);
    assert.match(refused(...place, '--values', values, chart), /--values needs --release/);
    assert.match(refused(...place, '--prune', source), /--prune needs --set/);
    assert.match(refused(...place, '--set', 'My Set', source), /no name of a set/);
    assert.match(refused(...place, '--replaces', 'a', source), /--replaces needs --image/);
  });

  it('does not repeat what may be a secret', () => {
    const args = ['--build', source, '--image', 'a', '--secret', 'npm=s3cret-value'];
    const message = complaint(() => readShipOptions(args));
    assert.match(message, /secret 'npm'/);
    assert.doesNotMatch(message, /s3cret/);
    const key = complaint(() => readShipOptions(['--build', source, '--image', 'a', '--ssh', 'default=s3cret-key']));
    assert.match(key, /connection 'default'/);
    assert.doesNotMatch(key, /s3cret/);
  });

  it('understands kinds as people write them', () => {
    const kindOf = (text: string): string | undefined => readRolloutOptions(['status', ...place, text])?.workload.kind;
    assert.deepEqual(
      ['deploy/a', 'deployments/a', 'StatefulSet/a', 'sts/a', 'ds/a', 'job/a', 'rollout/a'].map(kindOf),
      ['Deployment', 'Deployment', 'StatefulSet', 'StatefulSet', 'DaemonSet', 'Job', 'Rollout'],
    );
    const refused = (...args: string[]): string => complaint(() => readRolloutOptions(args));
    assert.match(refused('status', ...place, 'service/a'), /'service' has no rollout/);
    assert.match(refused('status', ...place, 'web'), /'web' has no rollout/);
    assert.match(refused('status', ...place, 'deploy/'), /names no workload/);
    assert.match(refused('stop', ...place, 'deploy/a'), /has no 'stop'/);
    assert.match(refused('watch', ...place, 'deploy/a', '--to-revision', '2'), /belongs to undo/);
    assert.match(refused('undo', ...place, 'deploy/a', '--to-revision', '0'), /from 1 up/);
    assert.match(refused('undo', ...place), /Name one workload/);
    assert.match(refused('sync', ...place, 'deploy/a'), /Only an Application/);
    assert.match(refused('watch', ...place, 'app/a', '--prune'), /belong to sync/);
    assert.match(refused('undo', ...place, 'release/a'), /status and watch/);
    const sync = readRolloutOptions(['sync', ...place, 'app/a', '--revision', 'v2', '--prune']);
    assert.deepEqual([sync?.workload.kind, sync?.sync], ['Application', { prune: true, revision: 'v2' }]);
  });
});
