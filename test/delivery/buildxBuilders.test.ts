import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildxBuilders } from '../../client/src/adapters/buildxBuilders.ts';
import type { EngineSearch } from '../../client/src/adapters/engineEndpoint.ts';
import { Failure } from '../../client/src/cluster/failure.ts';

describe('The builders of buildx', () => {
  let folder: string;
  const signal = new AbortController().signal;
  const search = (): EngineSearch => ({ environment: { PATH: folder }, homeFolder: folder, platform: 'linux' });

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'slipway-builders-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  /** A docker client whose `buildx ls` does this. */
  const docker = (listing: string): void => {
    const file = join(folder, 'docker');
    const version = 'if [ "$2" = version ]; then echo github.com/docker/buildx v0.20.0; exit 0; fi';
    writeFileSync(file, `#!/bin/sh\n${version}\n${listing}\n`);
    chmodSync(file, 0o755);
  };

  it('are told with their drivers, nodes and faults; the engine’s own is none of them', async () => {
    const lines = [
      '{"Name":"default","Driver":"docker","Nodes":[{"Name":"default","Endpoint":"default","Status":"running"}]}',
      '{"Name":"colima","Driver":"","Err":"cannot connect","Nodes":[{"Name":"","Endpoint":""}]}',
      '{"Name":"farm","Driver":"kubernetes","Nodes":[{"Endpoint":"kubernetes:///farm?deployment=x","Status":"running"},{"Endpoint":"b","Status":"inactive","Err":"no pod"}]}',
      '{"Name":"far","Driver":"remote","Err":"timed out"}',
    ];
    docker(`echo '${lines.join("'\necho '")}'\necho`);
    assert.deepEqual(await buildxBuilders(search(), signal), [
      {
        name: 'farm',
        driver: 'kubernetes',
        nodes: ['kubernetes:///farm?deployment=x, running', 'b, inactive'],
        fault: 'no pod',
      },
      { name: 'far', driver: 'remote', nodes: [], fault: 'timed out' },
    ]);
  });

  it('are none for a buildx that cannot list them for programs, and a fault where listing fails', async () => {
    docker('echo "unknown flag: --format" >&2; exit 125');
    assert.deepEqual(await buildxBuilders(search(), signal), []);
    docker('echo "open /x/instances: permission denied" >&2; exit 1');
    await assert.rejects(buildxBuilders(search(), signal), (error) => {
      assert.ok(error instanceof Failure);
      assert.match(error.report.said, /permission denied/);
      return true;
    });
  });
});
