import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DockerEngine } from '../../client/src/adapters/dockerEngine.ts';
import { digestEdits } from '../../client/src/delivery/images/digestEdits.ts';
import { compareRegistryVersions } from '../../client/src/delivery/images/registryVersion.ts';
import { withReplacements } from '../../client/src/delivery/manifestEdit.ts';
import { type RunningEngine, startEngine } from '../environment/engine/engine.ts';
import { needTier } from '../environment/needTier.ts';

describe('The versions of an image in a real registry', function () {
  this.timeout(60_000);
  let running: RunningEngine;
  let engine: DockerEngine;
  let folder: string;
  const signal = new AbortController().signal;

  before(async function () {
    this.timeout(600_000);
    await needTier(this, 'engine');
    running = await startEngine();
    await running.importBaseImages(['busybox:1.36']);
    folder = mkdtempSync(join(tmpdir(), 'slipway-versions-'));
    const environment = { ...process.env, ...running.environment };
    engine = new DockerEngine({
      search: { environment, homeFolder: folder, platform: 'linux', chosen: running.dockerHost },
      trusted: true,
    });
  });

  after(async () => {
    await running?.stop();
    if (folder) rmSync(folder, { recursive: true });
  });

  async function pushed(tag: string, dockerfile: string): Promise<{ reference: string; digest: string }> {
    const contextFolder = mkdtempSync(join(folder, 'context-'));
    writeFileSync(join(contextFolder, 'Dockerfile'), dockerfile);
    const reference = `${running.registry}/test/versions:${tag}`;
    await engine.build(
      { reference, contextFolder, dockerfile: join(contextFolder, 'Dockerfile'), output: 'engine' },
      () => {},
      signal,
    );
    return { reference, digest: await engine.push(reference, () => {}, signal) };
  }

  it('are read with layers and configuration, compared, and written back by digest', async () => {
    const before = await pushed('1', 'FROM busybox:1.36\nUSER 1000\n');
    const after = await pushed('2', 'FROM busybox:1.36\nENV MODE=shop\nRUN echo new > /new\nUSER 10001\n');
    assert.deepEqual([...(await engine.remoteTags(after.reference, signal))].sort(), ['1', '2']);
    const [one, other] = await Promise.all(
      [before, after].map(({ reference }) => engine.remoteVersion(reference, 'linux/amd64', signal)),
    );
    assert.deepEqual([one?.digest, other?.digest], [before.digest, after.digest]);
    assert.equal(one?.config.user, '1000');
    assert.ok((one?.layers[0]?.sizeBytes ?? 0) > 100_000);
    const differences = compareRegistryVersions(one!, other!);
    const of = (what: string) => differences.find((difference) => difference.what === what);
    assert.deepEqual([of('user')?.before, of('user')?.after], ['1000', '10001']);
    assert.deepEqual([of('environment MODE')?.before, of('environment MODE')?.after], ['none', 'shop']);
    assert.match(of('layers')?.after ?? '', /^2, 1 new \(\d/);
    assert.equal(await engine.remoteVersion(`${running.registry}/test/versions:9`, 'linux/amd64', signal), undefined);

    const file = join(folder, 'deployment.yaml');
    const text = `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: ${before.reference} # what runs\n`;
    writeFileSync(file, withReplacements(text, digestEdits(file, text, after)));
    const image = /image: "?([^" ]+)/.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
    assert.equal(image, `${after.reference}@${after.digest}`);
    assert.equal(await engine.remoteDigest(image, signal), after.digest, 'the registry has what the file names');
  });
});
