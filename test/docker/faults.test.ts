import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../client/src/adapters/clock.ts';
import { DockerEngine } from '../../client/src/adapters/dockerEngine.ts';
import type { DeliveryEvent } from '../../client/src/delivery/deliveryEvent.ts';
import type { DeliveryState } from '../../client/src/delivery/deliveryState.ts';
import type { DeliveryIntent } from '../../client/src/delivery/intent.ts';
import { ship } from '../../client/src/delivery/ship.ts';
import { type RunningEngine, startEngine } from '../environment/engine/engine.ts';
import { needTier } from '../environment/needTier.ts';
import { BreakableProxy } from './breakableProxy.ts';

describe('Images that meet a fault', function () {
  this.timeout(120_000);
  let running: RunningEngine;
  let engine: DockerEngine;
  let folder: string;

  before(async function () {
    this.timeout(600_000);
    await needTier(this, 'engine');
    running = await startEngine();
    await running.importBaseImages(['busybox:1.36']);
    folder = mkdtempSync(join(tmpdir(), 'slipway-faults-'));
    const environment = { ...process.env, ...running.environment };
    const search = { environment, homeFolder: folder, platform: 'linux' as const, chosen: running.dockerHost };
    engine = new DockerEngine({ search, trusted: true });
  });

  after(async () => {
    await running?.stop();
    if (folder) rmSync(folder, { recursive: true });
  });

  const run = (
    intent: DeliveryIntent,
    watch: (event: DeliveryEvent, state: DeliveryState) => void = () => {},
    signal: AbortSignal = new AbortController().signal,
  ): Promise<DeliveryState> =>
    ship(
      { engine: 'test', ...intent },
      { imageEngine: async () => engine, cluster: () => assert.fail('no cluster is meant'), clock: systemClock },
      watch,
      signal,
    );
  const buildOf = (reference: string, dockerfile: string): NonNullable<DeliveryIntent['build']> => {
    const contextFolder = mkdtempSync(join(folder, 'context-'));
    mkdirSync(contextFolder, { recursive: true });
    const file = join(contextFolder, 'Dockerfile');
    writeFileSync(file, dockerfile);
    return { reference, contextFolder, dockerfile: file, output: 'engine' };
  };
  const docker = (...args: string[]): string =>
    execFileSync('docker', args, { encoding: 'utf8', env: { ...process.env, ...running.environment } });
  /** All that the registry has of a repository: its tags, and what each names. */
  const inRegistry = async (repository: string): Promise<Record<string, string | undefined>> => {
    const signal = new AbortController().signal;
    const tags = await engine.remoteTags(`${running.registry}/${repository}`, signal);
    const digests = tags.map((tag) => engine.remoteDigest(`${running.registry}/${repository}:${tag}`, signal));
    const found = await Promise.all(digests);
    return Object.fromEntries(tags.map((tag, index) => [tag, found[index]]));
  };

  describe('a registry that is closed', () => {
    type Strike = (proxy: BreakableProxy, event: DeliveryEvent) => void;
    const hasLayer = (event: DeliveryEvent, status: RegExp): boolean =>
      event.type === 'push-progress' && event.progress.layers.some((layer) => status.test(layer.status));
    const moments: readonly [moment: string, closedFrom: number, strike: Strike][] = [
      ['before the first byte', 0, () => {}],
      ['in the middle of the first layer', 300_000, () => {}],
      [
        'after the first layer',
        Number.POSITIVE_INFINITY,
        (proxy, event) => {
          if (hasLayer(event, /^Pushed/)) proxy.breaksAfterBytes = 0;
        },
      ],
    ];
    for (const [index, [moment, closedFrom, strike]] of moments.entries()) {
      it(`${moment}: the push goes on or is repeated, and the registry has what an unbroken push gives`, async () => {
        const [host = '', port = ''] = running.registry.split(':');
        const proxy = await BreakableProxy.start(host, Number(port));
        try {
          const reference = `${proxy.address}/fault/push-${index}:1`;
          const dockerfile =
            'FROM busybox:1.36\nRUN echo small > /small\nRUN head -c 6000000 /dev/urandom > /big\nRUN echo last > /last\n';
          const built = await run({ build: buildOf(reference, dockerfile) });
          assert.equal(built.status, 'done', JSON.stringify(built.failure));
          proxy.breaksAfterBytes = closedFrom;
          let wasBroken = false;
          const first = await run({ push: { reference, overwrite: false } }, (event) => {
            strike(proxy, event);
            if (!hasLayer(event, /^Retrying/)) return;
            wasBroken = true;
            proxy.mend();
          });
          if (first.status !== 'done') {
            assert.equal(first.failure?.kind, 'unreachable', JSON.stringify(first.failure));
            assert.deepEqual(await inRegistry(`fault/push-${index}`), {}, 'no version is half there');
            wasBroken = true;
            proxy.mend();
          }
          assert.ok(wasBroken, 'the push met the fault');
          const repeated = await run({ push: { reference, overwrite: false } });
          assert.equal(repeated.status, 'done', JSON.stringify(repeated.failure));

          const unbroken = `${running.registry}/fault/unbroken-${index}:1`;
          docker('tag', reference, unbroken);
          assert.equal((await run({ push: { reference: unbroken, overwrite: false } })).status, 'done');
          const expected = await inRegistry(`fault/unbroken-${index}`);
          assert.match(expected['1'] ?? '', /^sha256:/);
          assert.deepEqual(await inRegistry(`fault/push-${index}`), expected);
          assert.equal(repeated.digests[reference], expected['1']);
        } finally {
          await proxy.stop();
        }
      });
    }
  });

  describe('a build that is cancelled', () => {
    const isAt = (event: DeliveryEvent, text: string): boolean =>
      event.type === 'build-progress' &&
      event.progress.steps.some(({ name, state }) => name.includes(text) && state === 'running');
    const moments: readonly [moment: string, strikes: (event: DeliveryEvent) => boolean][] = [
      ['before it begins', (event) => event.type === 'step-finished' && event.step === 'check-version'],
      ['in its first step', (event) => isAt(event, 'echo first')],
      ['after its first layer', (event) => isAt(event, 'echo second')],
    ];
    for (const [index, [moment, strikes]] of moments.entries()) {
      it(`${moment}: nothing is tagged or pushed, and the next one ends as an unbroken one`, async () => {
        const reference = `${running.registry}/fault/build-${index}:1`;
        const naps = index === 0 ? '' : 'sleep 3 && ';
        const dockerfile = `FROM busybox:1.36\nRUN ${naps}echo first-${index} > /first\nRUN ${naps}echo second-${index} > /second\n`;
        const build = buildOf(reference, dockerfile);
        const intent = { build, push: { reference, overwrite: false } };
        const stop = new AbortController();
        const broken = await run(intent, (event) => strikes(event) && stop.abort(), stop.signal);
        assert.equal(broken.status, 'cancelled', JSON.stringify(broken.failure));
        assert.equal(await engine.describe(reference, new AbortController().signal), undefined);
        assert.deepEqual(await inRegistry(`fault/build-${index}`), {});
        assert.doesNotMatch(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }), new RegExp(`first-${index} >`));
        if (index > 0) assert.match(broken.steps[1]?.remains.join() ?? '', /No image .* was made/);

        const repeated = await run(intent);
        assert.equal(repeated.status, 'done', JSON.stringify(repeated.failure));
        const unbroken = `${running.registry}/fault/unbroken-build-${index}:1`;
        const other = await run({
          build: buildOf(unbroken, `${dockerfile}# never broken\n`),
          push: { reference: unbroken, overwrite: false },
        });
        assert.equal(other.status, 'done', JSON.stringify(other.failure));
        const layersOf = (image: string): string =>
          docker('image', 'inspect', '--format', '{{json .RootFS.Layers}}', image);
        assert.equal(layersOf(reference), layersOf(unbroken));
        assert.equal(docker('run', '--rm', reference, 'cat', '/first', '/second'), `first-${index}\nsecond-${index}\n`);
        assert.deepEqual(await inRegistry(`fault/build-${index}`), { 1: repeated.digests[reference] });
      });
    }
  });
});
