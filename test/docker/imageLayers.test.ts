import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DockerEngine } from '../../client/src/adapters/dockerEngine.ts';
import type { Failure } from '../../client/src/cluster/failure.ts';
import { wastedBytes } from '../../client/src/delivery/images/wastedBytes.ts';
import { type RunningEngine, startEngine } from '../environment/engine/engine.ts';
import { needTier } from '../environment/needTier.ts';

describe('The layers of an image in a real engine', function () {
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
    folder = mkdtempSync(join(tmpdir(), 'slipway-layers-'));
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

  async function built(dockerfile: string): Promise<string> {
    const contextFolder = mkdtempSync(join(folder, 'context-'));
    writeFileSync(join(contextFolder, 'Dockerfile'), dockerfile);
    writeFileSync(join(contextFolder, 'data'), Buffer.alloc(300_000, 7));
    const reference = `${running.registry}/test/layers:${folder.length}${Date.now()}`;
    const request = {
      reference,
      contextFolder,
      dockerfile: join(contextFolder, 'Dockerfile'),
      output: 'engine' as const,
    };
    await engine.build(request, () => {}, signal);
    return reference;
  }

  it('tell which bytes are carried in vain, by which instruction, and what to change', async () => {
    const reference = await built(
      'FROM busybox:1.36\nCOPY data /app/data\nRUN chmod 600 /app/data\nRUN dd if=/dev/zero of=/tmp/junk bs=1000 count=200\nRUN rm /tmp/junk\n',
    );
    const layers = await engine.layers(reference, signal);
    const waste = wastedBytes(layers);
    assert.deepEqual(
      waste.files.map(({ bytes, how, path }) => `${how} ${path} ${bytes}`),
      ['overwritten app/data 300000', 'deleted tmp/junk 200000'],
    );
    assert.match(waste.files[0]?.writtenBy ?? '', /^COPY data \/app\/data/);
    assert.match(waste.files[0]?.hiddenBy ?? '', /^RUN chmod 600/);
    assert.match(waste.advice[0]?.text ?? '', /COPY --chown and --chmod/);
    assert.match(waste.advice[1]?.text ?? '', /Delete in the same RUN/);
  });

  it('carry nothing in vain where a file is written and deleted in one instruction', async () => {
    const reference = await built(
      'FROM busybox:1.36\nCOPY --chmod=600 data /app/data\nRUN dd if=/dev/zero of=/tmp/j bs=1000 count=200 && rm /tmp/j\n',
    );
    assert.deepEqual(wastedBytes(await engine.layers(reference, signal)).files, []);
  });

  it('are not there for an image that the engine does not have', async () => {
    await assert.rejects(
      engine.layers(`${running.registry}/test/none:1`, signal),
      (error: Failure) => error.kind === 'not-found',
    );
  });

  it('are given up when the reading is cancelled', async () => {
    const reference = await built('FROM busybox:1.36\nCOPY data /app/data\n');
    const stop = new AbortController();
    const reading = engine.layers(reference, stop.signal);
    stop.abort();
    await assert.rejects(reading, (error: Failure) => error.kind === 'cancelled');
  });
});
