import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildxBuilders } from '../../client/src/adapters/buildxBuilders.ts';
import { systemClock } from '../../client/src/adapters/clock.ts';
import { DockerEngine } from '../../client/src/adapters/dockerEngine.ts';
import type { EngineSearch } from '../../client/src/adapters/engineEndpoint.ts';
import type { Failure } from '../../client/src/cluster/failure.ts';
import type { BuildProgress } from '../../client/src/delivery/buildProgress.ts';
import type { BuildRequest } from '../../client/src/delivery/buildRequest.ts';
import { parseContainerTests } from '../../client/src/delivery/containerTest.ts';
import type { DeliveryEvent } from '../../client/src/delivery/deliveryEvent.ts';
import type { DeliveryState } from '../../client/src/delivery/deliveryState.ts';
import { imageSize } from '../../client/src/delivery/imageSize.ts';
import type { DeliveryIntent } from '../../client/src/delivery/intent.ts';
import { ship } from '../../client/src/delivery/ship.ts';
import { type RunningEngine, startEngine } from '../environment/engine/engine.ts';
import { needTier } from '../environment/needTier.ts';
import { BreakableProxy } from './breakableProxy.ts';

const storefront = join(import.meta.dirname, '../../examples/shop/storefront');

describe('A real container engine', function () {
  this.timeout(60_000);
  let running: RunningEngine;
  let search: EngineSearch;
  let engine: DockerEngine;
  let folder: string;
  const signal = new AbortController().signal;

  before(async function () {
    this.timeout(600_000);
    await needTier(this, 'engine');
    running = await startEngine();
    await running.importBaseImages(['busybox:1.36']);
    folder = mkdtempSync(join(tmpdir(), 'slipway-docker-'));
    const environment = { ...process.env, ...running.environment };
    search = { environment, homeFolder: folder, platform: 'linux', chosen: running.dockerHost };
    engine = new DockerEngine({ search, trusted: true });
  });

  after(async () => {
    await running?.stop();
    if (folder) rmSync(folder, { recursive: true });
  });

  /** A fresh build context with this Dockerfile. */
  const context = (
    dockerfile: string,
    files: Readonly<Record<string, string>> = {},
  ): Pick<BuildRequest, 'contextFolder' | 'dockerfile'> => {
    const contextFolder = mkdtempSync(join(folder, 'context-'));
    for (const [name, text] of Object.entries({ Dockerfile: dockerfile, ...files })) {
      mkdirSync(join(contextFolder, name, '..'), { recursive: true });
      writeFileSync(join(contextFolder, name), text);
    }
    return { contextFolder, dockerfile: join(contextFolder, 'Dockerfile') };
  };
  let serial = 0;
  const fresh = (name: string): string => {
    serial += 1;
    return `${running.registry}/test/${name}:${serial}`;
  };
  const requestFor = (name: string, dockerfile: string, more: Partial<BuildRequest> = {}): BuildRequest => ({
    reference: fresh(name),
    output: 'engine',
    ...context(dockerfile),
    ...more,
  });
  const run = (
    intent: DeliveryIntent,
    watch: (event: DeliveryEvent, state: DeliveryState) => void = () => {},
    stop: AbortSignal = signal,
    own: DockerEngine = engine,
  ): Promise<DeliveryState> =>
    ship(
      { engine: 'test', ...intent },
      {
        imageEngine: async () => own,
        cluster: () => assert.fail('no cluster is meant'),
        clock: systemClock,
      },
      watch,
      stop,
    );
  const statuses = (state: DeliveryState): string =>
    state.steps.map(({ step, status }) => `${step.kind} ${status}`).join(', ');
  const manifestOf = async (reference: string): Promise<string | null> => {
    const [, path = '', tag = ''] = /^[^/]+\/(.+):([^:]+)$/.exec(reference) ?? [];
    const response = await fetch(`http://${running.registry}/v2/${path}/manifests/${tag}`, {
      method: 'HEAD',
      headers: {
        Accept: 'application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json',
      },
    });
    return response.ok ? response.headers.get('docker-content-digest') : null;
  };

  for (const builder of ['the engine’s own BuildKit', 'a remote BuildKit builder']) {
    describe(`building with ${builder}`, () => {
      const choice = (): Partial<BuildRequest> =>
        builder.startsWith('a remote') ? { builder: running.buildxBuilder } : {};

      it('shows each step live with its time, and the cache hits of the second build', async () => {
        const dockerfile = `FROM busybox:1.36 AS site\nRUN sleep 1 && echo ${builder} > /x\nFROM busybox:1.36\nCOPY --from=site /x /x\n`;
        const request = requestFor('steps', dockerfile, choice());
        const seen: BuildProgress[] = [];
        const onReport = (report: { kind: string; progress?: BuildProgress }): void => {
          if (report.progress) seen.push(report.progress);
        };
        await engine.build(request, onReport, signal);
        const runStates = seen.map(({ steps }) => steps.find(({ name }) => name.includes('RUN sleep'))?.state);
        assert.ok(runStates.includes('running'), `running was shown among ${runStates.join()}`);
        assert.equal(runStates.at(-1), 'done');
        const step = seen.at(-1)?.steps.find(({ name }) => name.includes('RUN sleep'));
        assert.ok((step?.durationMilliseconds ?? 0) >= 1_000, `${step?.durationMilliseconds} ms`);
        const again = await engine.build(request, onReport, signal);
        assert.equal(seen.at(-1)?.steps.find(({ name }) => name.includes('RUN sleep'))?.state, 'cached');
        assert.ok(again.cachedSteps >= 1);
        assert.match(again.id, /^sha256:/);
      });

      const faults: [what: string, dockerfile: string, line: number, endLine: number, said: RegExp][] = [
        [
          'a command that fails',
          'FROM busybox:1.36\nENV A=1\nRUN echo first && \\\n    echo why it fails >&2 && exit 7\n',
          2,
          3,
          /exit code: 7[\s\S]*why it fails/,
        ],
        ['a file that is not in the context', 'FROM busybox:1.36\n\nCOPY missing.txt /\n', 2, 2, /missing\.txt/],
        ['an instruction that does not exist', 'FROM busybox:1.36\nCOPPY a b\n', 1, 1, /unknown instruction/i],
        ['a base image that does not exist', '# base\nFROM busybox:9.99\n', 1, 1, /not found|failed to do request/],
      ];
      for (const [what, dockerfile, line, endLine, said] of faults) {
        it(`points to the line of ${what}`, async () => {
          const request = requestFor('fault', dockerfile, choice());
          const state = await run({ build: request });
          assert.equal(state.failure?.kind, 'build', JSON.stringify(state.failure));
          assert.deepEqual(state.failure.places, [{ file: request.dockerfile, line, endLine }]);
          assert.match(state.failure.said, said);
          assert.match(state.steps[0]?.remains.join() ?? '', /No image .* was made/);
        });
      }
    });
  }

  it('hands a secret to a build without showing it, and builds straight into the registry', async () => {
    const secret = join(folder, 'token');
    writeFileSync(secret, 'hush-hush');
    const dockerfile = 'FROM busybox:1.36\nRUN --mount=type=secret,id=token wc -c < /run/secrets/token > /length\n';
    const request = requestFor('secret', dockerfile, {
      secrets: [{ id: 'token', file: secret }],
      builder: running.buildxBuilder,
      output: 'registry',
    });
    const events: DeliveryEvent[] = [];
    const state = await run({ build: request }, (event) => events.push(event));
    assert.equal(state.status, 'done', JSON.stringify(state.failure));
    assert.equal(state.digests[request.reference], await engine.remoteDigest(request.reference, signal));
    assert.doesNotMatch(JSON.stringify(events), /hush-hush/);
    assert.equal(await engine.describe(request.reference, signal), undefined, 'nothing is left in the engine');
  });

  it('lists the builders that can be chosen, without the engine’s own', async () => {
    const builders = await buildxBuilders(search, signal);
    const remote = builders.find(({ name }) => name === running.buildxBuilder);
    assert.equal(remote?.driver, 'remote', JSON.stringify(builders));
    assert.match(remote.nodes.join(), /, running$/);
    assert.equal(remote.fault, '');
    assert.ok(builders.every(({ driver }) => driver !== 'docker' && driver !== ''));
  });

  describe('pushing', () => {
    it('gives the digest that the registry has, refuses to overwrite it, and does so only when told', async () => {
      const reference = fresh('push');
      const build = { reference, output: 'engine' as const, ...context('FROM busybox:1.36\nRUN echo 1 > /x\n') };
      const progress: string[] = [];
      const first = await run({ build, push: { reference, overwrite: false } }, (event) => {
        if (event.type === 'push-progress') progress.push(...event.progress.layers.map(({ status }) => status));
      });
      assert.equal(first.status, 'done', JSON.stringify(first.failure));
      const digest = await manifestOf(reference);
      assert.equal(first.digests[reference], digest);
      assert.ok(progress.includes('Pushed'));

      const changed = { ...build, ...context('FROM busybox:1.36\nRUN echo 2 > /x\n') };
      const second = await run({ build: changed, push: { reference, overwrite: false } });
      assert.equal(second.failure?.kind, 'exists');
      assert.equal(second.failure.said, digest);
      assert.equal(statuses(second), 'check-version failed, build-image skipped, push-image skipped');
      assert.equal(await manifestOf(reference), digest, 'the version is still the first one');

      const third = await run({ build: changed, push: { reference, overwrite: true } });
      assert.equal(third.status, 'done', JSON.stringify(third.failure));
      assert.notEqual(await manifestOf(reference), digest);
      assert.equal(third.digests[reference], await manifestOf(reference));

      const repeated = await run({ push: { reference, overwrite: false } });
      assert.equal(repeated.status, 'done', 'the very same image may be pushed again');
    });

    it('lists the versions of a repository', async () => {
      const repository = `${running.registry}/test/versions`;
      const { contextFolder, dockerfile } = context('FROM busybox:1.36\n');
      for (const tag of ['1.0.0', '1.1.0']) {
        const reference = `${repository}:${tag}`;
        const build = { reference, contextFolder, dockerfile, output: 'engine' as const };
        await run({ build, push: { reference, overwrite: true } });
      }
      assert.deepEqual([...(await engine.remoteTags(repository, signal))].sort(), ['1.0.0', '1.1.0']);
      assert.deepEqual(await engine.remoteTags(`${running.registry}/test/none`, signal), []);
    });

    /** A big image under a reference whose registry can be made to go away. */
    const behindProxy = async (name: string): Promise<{ proxy: BreakableProxy; reference: string }> => {
      const [host = '', port = ''] = running.registry.split(':');
      const proxy = await BreakableProxy.start(host, Number(port));
      const reference = `${proxy.address}/test/${name}:1`;
      const dockerfile = `FROM busybox:1.36\nRUN head -c 3000000 /dev/urandom > /${name}\n`;
      const built = await run({ build: { reference, output: 'engine', ...context(dockerfile) } });
      assert.equal(built.status, 'done', JSON.stringify(built.failure));
      return { proxy, reference };
    };
    const inRegistry = (proxy: BreakableProxy, reference: string): Promise<string | null> =>
      manifestOf(reference.replace(proxy.address, running.registry));

    it('to a registry that is away says so and that nothing was pushed, and can be repeated', async () => {
      const { proxy, reference } = await behindProxy('away');
      try {
        proxy.breaksAfterBytes = 0;
        const broken = await run({ push: { reference, overwrite: false } });
        assert.equal(broken.failure?.kind, 'unreachable', JSON.stringify(broken.failure));
        assert.equal(await inRegistry(proxy, reference), null);
        proxy.mend();
        const repeated = await run({ push: { reference, overwrite: false } });
        assert.equal(repeated.digests[reference], await inRegistry(proxy, reference));
      } finally {
        await proxy.stop();
      }
    });

    it('to a registry that goes away in the middle of a layer goes on when it is back', async () => {
      const { proxy, reference } = await behindProxy('back');
      try {
        proxy.breaksAfterBytes = 300_000;
        let retried = false;
        const state = await run({ push: { reference, overwrite: false } }, (event) => {
          if (event.type !== 'push-progress') return;
          if (event.progress.layers.some(({ status }) => status.startsWith('Retrying'))) {
            retried = true;
            proxy.mend();
          }
        });
        assert.ok(retried, 'the push was broken');
        assert.equal(state.status, 'done', JSON.stringify(state.failure));
        assert.equal(state.digests[reference], await inRegistry(proxy, reference));
      } finally {
        await proxy.stop();
      }
    });

    it('cancelled in the middle of a layer says that the registry has no such version, and can be repeated', async () => {
      const { proxy, reference } = await behindProxy('stopped');
      try {
        proxy.breaksAfterBytes = 300_000;
        const stop = new AbortController();
        const state = await run(
          { push: { reference, overwrite: false } },
          (event) => {
            if (event.type !== 'push-progress') return;
            if (event.progress.layers.some(({ status }) => status.startsWith('Retrying'))) {
              proxy.mend();
              stop.abort();
            }
          },
          stop.signal,
        );
        assert.equal(state.status, 'cancelled');
        assert.match(state.steps[0]?.remains.join() ?? '', /The registry has no/);
        const repeated = await run({ push: { reference, overwrite: false } });
        assert.equal(repeated.status, 'done', JSON.stringify(repeated.failure));
        assert.equal(repeated.digests[reference], await inRegistry(proxy, reference));
      } finally {
        await proxy.stop();
      }
    });
  });

  it('cancelled in mid-build ends the build, leaves the former image under its tag, and no process', async () => {
    const reference = fresh('cancel');
    const before = await run({
      build: { reference, output: 'engine', ...context('FROM busybox:1.36\nRUN echo old > /x\n') },
    });
    assert.equal(before.status, 'done', JSON.stringify(before.failure));
    const former = (await engine.describe(reference, signal))?.id;
    const stop = new AbortController();
    const slow = context('FROM busybox:1.36\nRUN sleep 4321\n');
    const startedAt = Date.now();
    const state = await run(
      { build: { reference, output: 'engine', ...slow }, push: { reference, overwrite: false } },
      (event) => {
        if (event.type !== 'build-progress') return;
        if (event.progress.steps.some(({ name, state: now }) => name.includes('sleep') && now === 'running'))
          stop.abort();
      },
      stop.signal,
    );
    assert.equal(statuses(state), 'check-version done, build-image cancelled, push-image skipped');
    assert.ok(Date.now() - startedAt < 20_000);
    assert.equal((await engine.describe(reference, signal))?.id, former);
    assert.match(state.steps[1]?.remains.join() ?? '', /still the image from before/);
    assert.equal(await manifestOf(reference), null);
    const processes = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
    assert.doesNotMatch(processes, /sleep 4321/);
    assert.ok(!processes.includes(slow.contextFolder), 'the build client is gone');
  });

  describe('without buildx', () => {
    const withoutBuildx = (): DockerEngine => {
      const dockerConfig = join(folder, 'bare-config');
      mkdirSync(dockerConfig, { recursive: true });
      const environment = { ...search.environment, DOCKER_CONFIG: dockerConfig, PATH: '/nowhere' };
      return new DockerEngine({ search: { ...search, environment }, trusted: true });
    };

    it('builds with the engine’s classic builder and says so in plain words', async () => {
      const files = { '.dockerignore': '*\n!keep\n', 'keep/a.txt': 'a', 'leave/b.txt': 'b' };
      const dockerfile = 'FROM busybox:1.36\nCOPY . /context\nRUN find /context -type f | sort > /list\n';
      const request: BuildRequest = { reference: fresh('classic'), output: 'engine', ...context(dockerfile, files) };
      const state = await run({ build: request }, () => {}, signal, withoutBuildx());
      assert.equal(state.status, 'done', JSON.stringify(state.failure));
      assert.match(state.steps[0]?.notices.join() ?? '', /buildx is not installed/);
      const list = await engine.run({ reference: request.reference, command: ['cat', '/list'] }, signal);
      assert.equal(list.stdout, '/context/keep/a.txt\n');
      const steps = state.steps[0]?.build?.steps ?? [];
      assert.deepEqual(
        steps.map(({ state: now }) => now),
        ['done', 'done', 'done'],
      );
      const again = await run({ build: request }, () => {}, signal, withoutBuildx());
      assert.equal(again.steps[0]?.build?.steps[1]?.state, 'cached');
    });

    it('points to the line that fails', async () => {
      const request = requestFor('classic-fault', 'ARG X=1\nFROM busybox:1.36\nENV A=1\nRUN echo oh && exit 3\n');
      const state = await run({ build: request }, () => {}, signal, withoutBuildx());
      assert.equal(state.failure?.kind, 'build');
      assert.deepEqual(state.failure.places, [{ file: request.dockerfile, line: 3, endLine: 3 }]);
      assert.match(state.failure.said, /returned a non-zero code: 3[\s\S]*oh/);
    });

    it('refuses what only BuildKit can do, and says what it needs', async () => {
      const request = requestFor('classic-secret', 'FROM busybox:1.36\n', { secrets: [{ id: 'x', file: '/x' }] });
      const state = await run({ build: request }, () => {}, signal, withoutBuildx());
      assert.equal(state.failure?.kind, 'tool-missing');
      assert.match(state.failure.message, /needs docker buildx for build secrets/);
    });
  });

  it('runs the storefront’s container tests, and finds a planted fault with them', async () => {
    const copy = mkdtempSync(join(folder, 'storefront-'));
    cpSync(storefront, copy, { recursive: true });
    const testFile = join(copy, 'container-structure-test.yaml');
    const containerTests = [parseContainerTests(testFile, readFileSync(testFile, 'utf8'))];
    const dockerfile = join(copy, 'Dockerfile');
    const build = { reference: fresh('storefront'), contextFolder: copy, dockerfile, output: 'engine' as const };
    const good = await run({ build, containerTests });
    assert.equal(good.status, 'done', JSON.stringify(good.failure));
    const results = good.steps[1]?.containerTests ?? [];
    assert.ok(results.length >= 5 && results.every(({ outcome }) => outcome === 'passed'));

    writeFileSync(dockerfile, readFileSync(dockerfile, 'utf8').replace(/^USER .*$/m, 'USER 0'));
    const bad = await run({ build, containerTests, push: { reference: build.reference, overwrite: false } });
    assert.equal(bad.failure?.kind, 'container-test');
    assert.match(bad.failure.said, /Expected user "10001:10001", found "0"/);
    assert.equal(await manifestOf(build.reference), null, 'an image that fails its tests is not pushed');
  });

  it('ends a failed setup command and a missing program as failed tests, and leaves no container', async () => {
    const request = requestFor('setup', 'FROM busybox:1.36\n');
    await run({ build: request });
    const { reference } = request;
    const setup = [['sh', '-c', 'echo made > /made']];
    const made = await engine.run({ reference, setup, command: ['cat', '/made'] }, signal);
    assert.deepEqual([made.exitCode, made.stdout], [0, 'made\n']);
    assert.equal((await engine.run({ reference, command: ['/none'] }, signal)).exitCode, 127);
    const containers = execFileSync('docker', ['ps', '--all', '--quiet'], {
      encoding: 'utf8',
      env: { ...process.env, ...running.environment },
    });
    assert.equal(containers, '');
  });

  it('runs container tests with the options of their file, clears up after them, and reads licences', async () => {
    const host = mkdtempSync(join(folder, 'options-'));
    mkdirSync(join(host, 'shared'));
    writeFileSync(join(host, '.env'), '# ours\nFROM_FILE=f i l e\nPASSED\nNOBODY_HAS_IT\n');
    search.environment['PASSED'] = 'on';
    const packages = '/usr/share/doc';
    const dockerfile = [
      'FROM busybox:1.36',
      'ENV PLACE=/here',
      `RUN mkdir -p ${packages}/cart ${packages}/server && echo MIT > ${packages}/cart/copyright`,
      `RUN echo 'the agpl' > ${packages}/server/copyright && ln -s cart ${packages}/linked`,
      '',
    ].join('\n');
    const request = requestFor('options', dockerfile);
    const text = JSON.stringify({
      schemaVersion: '2.0.0',
      containerRunOptions: {
        envFile: '.env',
        envVars: ['PASSED'],
        allocateTty: true,
        bindMounts: ['./shared:/shared'],
        capabilities: ['NET_BIND_SERVICE'],
      },
      globalEnvVars: [{ key: 'WHERE', value: '$PLACE/there' }],
      commandTests: [
        {
          name: 'options',
          setup: [['touch', '/shared/made']],
          command: 'sh',
          args: ['-c', 'tty; echo $FROM_FILE $PASSED $WHERE ${NOBODY_HAS_IT-none}; ls /shared'],
          expectedOutput: ['/dev/', 'f i l e on /here/there none', 'made'],
          teardown: [['rm', '/shared/made']],
        },
        {
          name: 'messy',
          command: 'true',
          teardown: [
            ['rm', '/shared/none'],
            ['touch', '/shared/after'],
          ],
        },
      ],
      licenseTests: [{ debian: true, files: [`${packages}/linked/copyright`] }],
    });
    const containerTests = [parseContainerTests(join(host, 'tests.yaml'), text)];
    const state = await run({ build: request, containerTests });
    const results = state.steps.flatMap((step) => step.containerTests);
    assert.deepEqual(
      results.map(({ complaints, name }) => [name, complaints]),
      [
        ['options', []],
        ['messy', ['The teardown rm /shared/none ended with 1.']],
        ['licences', [`${packages}/server/copyright speaks of AGPL.`]],
      ],
      JSON.stringify(state.failure),
    );
    assert.deepEqual(readdirSync(join(host, 'shared')), [], 'what one setup made is gone');
    const containers = execFileSync('docker', ['ps', '--all', '--quiet'], {
      encoding: 'utf8',
      env: { ...process.env, ...running.environment },
    });
    assert.equal(containers, '');
  });

  it('tells the size by layer with what to change', async () => {
    const dockerfile =
      'FROM busybox:1.36\nRUN head -c 4000000 /dev/urandom > /big\nRUN chown -R 5:5 /big\nCMD ["sh"]\n';
    const request = requestFor('size', dockerfile);
    await run({ build: request });
    const size = imageSize(await engine.history(request.reference, signal));
    const described = await engine.describe(request.reference, signal);
    assert.ok(Math.abs(size.totalBytes - (described?.sizeBytes ?? 0)) < 10_000);
    const big = size.layers.filter(({ sizeBytes }) => sizeBytes > 3_900_000);
    assert.deepEqual(
      big.map(({ instruction }) => instruction),
      ['RUN head -c 4000000 /dev/urandom > /big', 'RUN chown -R 5:5 /big'],
    );
    assert.match(big[1]?.hint ?? '', /second time/);
  });

  it('runs nothing in a workspace that is not trusted', async () => {
    const untrusted = new DockerEngine({ search, trusted: false });
    const request = requestFor('untrusted', 'FROM busybox:1.36\n');
    const state = await run({ build: request }, () => {}, signal, untrusted);
    assert.equal(state.failure?.kind, 'untrusted');
    assert.equal(await untrusted.describe(request.reference, signal), undefined);
    await assert.rejects(
      untrusted.run({ reference: request.reference, command: ['true'] }, signal),
      (error: Failure) => error.kind === 'untrusted',
    );
  });

  it('that is not there is told as unreachable, by every way to use it', async () => {
    const away = new DockerEngine({ search: { ...search, chosen: 'unix:///nowhere/docker.sock' }, trusted: true });
    const request = requestFor('away', 'FROM busybox:1.36\n');
    const isUnreachable = (error: Failure): boolean => error.kind === 'unreachable';
    await assert.rejects(away.describe(request.reference, signal), isUnreachable);
    await assert.rejects(
      away.push(request.reference, () => {}, signal),
      isUnreachable,
    );
    await assert.rejects(
      away.build(request, () => {}, signal),
      isUnreachable,
    );
  });
});
