import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { TerminalOutput } from '../../client/src/adapters/terminalOutput.ts';
import { CONTAINER_SHELL } from '../../client/src/cluster/containerShell.ts';
import { type ControlPlane, startControlPlane } from '../environment/controlPlane/controlPlane.ts';
import { needTier } from '../environment/needTier.ts';
import { type RealNode, startNode } from '../environment/node/node.ts';
import { TestCluster } from './testCluster.ts';

describe('A shell in a container of a real node', function () {
  this.timeout(180_000);
  let controlPlane: ControlPlane;
  let node: RealNode;
  let cluster: TestCluster;

  before(async function () {
    this.timeout(1_200_000);
    await needTier(this, 'node');
    controlPlane = await startControlPlane({ nodes: 0 });
    cluster = new TestCluster(controlPlane);
    node = await startNode(controlPlane);
    await node.engine.importBaseImages(['busybox:1.36']);
    await controlPlane.kubectl(['run', 'box', '--image=busybox:1.36', '--restart=Never', '--', 'sleep', '600']);
    await controlPlane.kubectl(['wait', '--for=condition=Ready', 'pod/box', '--timeout=90s']);
  });

  after(async () => {
    cluster?.dispose();
    await node?.stop();
    await controlPlane?.stop();
  });

  it('takes what is typed, knows the size of the terminal as it changes, and ends with the exit code', async () => {
    let seen = '';
    const stdin = new PassThrough();
    const stdout = new TerminalOutput((text) => {
      seen += text;
    });
    stdout.resize({ columns: 90, rows: 30 });
    const run = { namespace: 'default', pod: 'box', container: 'box', command: CONTAINER_SHELL };
    const ended = cluster.admin.exec({ ...run, stdin, stdout, tty: true }, cluster.signal);
    const until = async (what: RegExp): Promise<void> => {
      for (let attempt = 0; attempt < 1_200 && !what.test(seen); attempt += 1) await delay(50);
      assert.match(seen, what);
    };
    stdin.write('echo "héllo $((6 * 7))"; stty size\n');
    await until(/héllo 42[\s\S]*30 90/);
    stdout.resize({ columns: 120, rows: 40 });
    // The new size and what is typed go different ways, so the shell is asked until it knows.
    for (let attempt = 0; attempt < 120 && !/40 120/.test(seen); attempt += 1) {
      stdin.write('stty size\n');
      await delay(500);
    }
    assert.match(seen, /40 120/);
    stdin.write('exit 7\n');
    assert.equal(await ended, 7);
  });
});
