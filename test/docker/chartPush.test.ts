import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HelmCharts } from '../../client/src/adapters/helmCharts.ts';
import { type RunningEngine, startEngine } from '../environment/engine/engine.ts';
import { needTier } from '../environment/needTier.ts';
import { toolPath } from '../environment/tools/tools.ts';

describe('A chart and a real registry', function () {
  this.timeout(60_000);
  let running: RunningEngine;
  let folder: string;
  const signal = new AbortController().signal;

  before(async function () {
    this.timeout(600_000);
    await needTier(this, 'engine');
    await needTier(this, 'helm');
    running = await startEngine();
    folder = mkdtempSync(join(tmpdir(), 'slipway-push-'));
  });

  after(async () => {
    await running?.stop();
    if (folder) rmSync(folder, { recursive: true });
  });

  it('meet by push, and a version that is there is seen before it is replaced', async () => {
    const chart = join(folder, 'shop');
    mkdirSync(join(chart, 'templates'), { recursive: true });
    writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: shop\nversion: 1.0.0\n');
    const environment = {
      PATH: process.env['PATH'],
      HELM_CONFIG_HOME: folder,
      HELM_CACHE_HOME: folder,
      HELM_DATA_HOME: folder,
    };
    const helm = new HelmCharts({ command: await toolPath('helm'), environment, say: () => {} });
    const registry = `oci://${running.registry}/charts`;
    assert.equal(await helm.hasVersion(`${registry}/shop`, '1.0.0', true, signal), false);
    const archive = await helm.package(chart, folder, signal);
    assert.match(await helm.push(archive, registry, true, signal), /^sha256:[0-9a-f]{64}$/);
    assert.equal(await helm.hasVersion(`${registry}/shop`, '1.0.0', true, signal), true);
    assert.equal(await helm.hasVersion(`${registry}/shop`, '1.0.1', true, signal), false);
  });
});
