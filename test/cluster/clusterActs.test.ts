import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { stringify } from 'yaml';
import { systemClock } from '../../client/src/adapters/clock.ts';
import { PortForwards } from '../../client/src/adapters/portForwards.ts';
import { describeText } from '../../client/src/cluster/describeText.ts';
import { Failure } from '../../client/src/cluster/failure.ts';
import type { KubeObject } from '../../client/src/cluster/kubeObject.ts';
import { applyEdit, planEdit } from '../../client/src/cluster/liveEdit.ts';
import { followLogs, readLogs } from '../../client/src/cluster/logs/followLogs.ts';
import type { LogLine } from '../../client/src/cluster/logs/logLine.ts';
import { cordon, deleteObject, restart, scale } from '../../client/src/cluster/objectChanges.ts';
import { editableText } from '../../client/src/cluster/objectText.ts';
import { readDescription } from '../../client/src/cluster/readDescription.ts';
import { objectPath, type ResourceType, wellKnownTypes } from '../../client/src/cluster/resourceType.ts';
import { podSelection } from '../../client/src/cluster/selectedPods.ts';
import { startControlPlane } from '../environment/controlPlane/controlPlane.ts';
import { needTier } from '../environment/needTier.ts';
import { deploymentOf, TestCluster } from './testCluster.ts';

const coreType = (kind: string, plural: string, namespaced = true): ResourceType => ({
  group: '',
  version: 'v1',
  kind,
  plural,
  namespaced,
  verbs: [],
});

describe('What is done from the cluster view, on a real API server', function () {
  this.timeout(90_000);
  let cluster: TestCluster;
  let namespace: string;

  before(async function () {
    this.timeout(1_200_000);
    await needTier(this, 'kubernetes');
    cluster = new TestCluster(await startControlPlane({ nodes: 1 }));
    namespace = await cluster.namespace('acts');
    await apply({ ...deploymentOf('web', 'shop/web:1'), metadata: { name: 'web', namespace } });
    await cluster.controlPlane.kubectl(['-n', namespace, 'rollout', 'status', 'deployment/web', '--timeout=60s']);
  });

  after(async () => {
    cluster?.dispose();
    await cluster?.controlPlane.stop();
  });

  const apply = async (...objects: object[]): Promise<string> =>
    cluster.controlPlane.kubectl(['apply', '-f', '-'], {
      input: objects.map((object) => stringify(object)).join('---\n'),
    });
  const web = () => ({ type: wellKnownTypes.deployments, namespace, name: 'web' });
  const read = (reference: { type: ResourceType; namespace: string | undefined; name: string }): Promise<KubeObject> =>
    cluster.admin.get(objectPath(reference.type, reference.namespace, reference.name), cluster.signal);
  const podNames = async (): Promise<string[]> =>
    (
      await cluster.controlPlane.kubectl(['-n', namespace, 'get', 'pods', '-o', 'jsonpath={.items[*].metadata.name}'])
    ).split(' ');

  it('follows the logs of all pods of a workload, of new ones too, and ends when it is told to', async () => {
    const taken: LogLine[] = [];
    const notices: string[] = [];
    const stop = new AbortController();
    const selection = await podSelection(cluster.admin, web(), cluster.signal);
    const listener = {
      line: (line: LogLine) => void taken.push(line),
      notice: (text: string) => void notices.push(text),
    };
    const following = followLogs(
      cluster.admin,
      systemClock,
      { namespace, selection, tailLines: 100 },
      listener,
      stop.signal,
    );
    const pods = (): string[] => [...new Set(taken.map(({ pod }) => pod))].sort();
    await cluster.until('both pods', () => taken.filter(({ text }) => text === 'ready').length >= 2);
    assert.deepEqual(pods(), (await podNames()).sort());
    assert.ok(taken.every(({ container, time }) => container === 'web' && /^\d{4}-/.test(time)));
    const line = `${new Date().toISOString()} stdout F order 17 paid\n`;
    appendFileSync(cluster.controlPlane.fakePods.logFile, line);
    await cluster.until(
      'the new line of both',
      () => taken.filter(({ text }) => text === 'order 17 paid').length === 2,
    );
    await scale(cluster.admin, web(), 3, cluster.signal);
    await cluster.until('the third pod', () => pods().length === 3);
    stop.abort();
    await following;
    assert.deepEqual(notices, []);
    await scale(cluster.admin, web(), 2, cluster.signal);
  });

  it('takes a log up again when the API server was away, without a line twice', async () => {
    const taken: string[] = [];
    const notices: string[] = [];
    const stop = new AbortController();
    const [pod] = await podNames();
    const reference = { type: wellKnownTypes.pods, namespace, name: pod! };
    const selection = await podSelection(cluster.admin, reference, cluster.signal);
    const listener = {
      line: ({ text }: LogLine) => void taken.push(text),
      notice: (text: string) => void notices.push(text),
    };
    const following = followLogs(
      cluster.admin,
      systemClock,
      { namespace, selection, tailLines: 100 },
      listener,
      stop.signal,
    );
    await cluster.until('the log', () => taken.includes('ready'));
    await cluster.controlPlane.stopApiServer();
    await cluster.until('a notice', () => notices.length > 0);
    await cluster.controlPlane.startApiServer();
    appendFileSync(cluster.controlPlane.fakePods.logFile, `${new Date().toISOString()} stdout F back again\n`);
    await cluster.until('the line after', () => taken.includes('back again'));
    stop.abort();
    await following;
    assert.equal(taken.filter((text) => text === 'ready').length, 1);
    assert.equal(taken.filter((text) => text === 'back again').length, 1);
  });

  it('reads the log of the run before', async () => {
    const taken: string[] = [];
    await apply({
      ...deploymentOf('broken', 'shop/web:1-crash', { replicas: 1 }),
      metadata: { name: 'broken', namespace },
    });
    const request = async () => ({
      namespace,
      selection: { labelSelector: 'app=broken' },
      tailLines: 100,
      previous: true,
    });
    await cluster.until('a former run', async () => {
      taken.length = 0;
      const listener = { line: ({ text }: LogLine) => void taken.push(text), notice: () => undefined };
      await readLogs(cluster.admin, await request(), listener, cluster.signal);
      return taken.length > 0;
    });
    assert.deepEqual(taken, ['starting', 'fatal: out of luck']);
  });

  it('forwards a port, to another pod when the first is gone, and stops', async () => {
    const target = createServer((_request, response) => response.end('hello from the pod'));
    await new Promise<void>((resolve) =>
      target.listen(cluster.controlPlane.fakePods.forwardedPort, '127.0.0.1', resolve),
    );
    let changes = 0;
    const forwards = new PortForwards(() => {
      changes += 1;
    });
    try {
      const request = { object: { ...web(), namespace }, remotePort: 8080, localPort: 0 };
      const started = await forwards.start(cluster.admin, request, cluster.signal);
      const get = async (): Promise<string> =>
        (await fetch(`http://127.0.0.1:${started.localPort}/`, { headers: { connection: 'close' } })).text();
      assert.equal(await get(), 'hello from the pod');
      const [before] = forwards.list();
      const leadsTo = /leads to (\S+)/.exec(before?.state ?? '')?.[1];
      await cluster.controlPlane.kubectl(['-n', namespace, 'delete', 'pod', leadsTo!, '--grace-period=0', '--force']);
      await cluster.until('another pod', async () => (await get().catch(() => '')) === 'hello from the pod');
      assert.notEqual(forwards.list()[0]?.state, before?.state);
      await assert.rejects(
        forwards.start(cluster.admin, { ...request, localPort: started.localPort }, cluster.signal),
        (error: unknown) => error instanceof Failure && error.kind === 'exists',
      );
      forwards.stop(started.number);
      assert.deepEqual(forwards.list(), []);
      assert.ok(changes >= 3);
      const refused = await new Promise<string>((resolve) =>
        connect(started.localPort, '127.0.0.1').on('error', (error: NodeJS.ErrnoException) =>
          resolve(error.code ?? ''),
        ),
      );
      assert.equal(refused, 'ECONNREFUSED');
    } finally {
      forwards.dispose();
      target.closeAllConnections();
      target.close();
    }
  });

  it('scales, restarts, cordons and lets on again', async () => {
    await scale(cluster.admin, web(), 4, cluster.signal);
    assert.equal(((await read(web()))['spec'] as { replicas: number }).replicas, 4);
    await scale(cluster.admin, web(), 2, cluster.signal);
    await restart(cluster.admin, web(), Date.parse('2026-01-02T03:04:05Z'), cluster.signal);
    const { template } = (await read(web()))['spec'] as { template: { metadata: { annotations: object } } };
    assert.deepEqual(template.metadata.annotations, {
      'kubectl.kubernetes.io/restartedAt': '2026-01-02T03:04:05.000Z',
    });
    const node = { type: coreType('Node', 'nodes', false), namespace: undefined, name: 'fake-1' };
    const isCordoned = async (): Promise<unknown> =>
      ((await read(node))['spec'] as { unschedulable?: boolean }).unschedulable;
    await cordon(cluster.admin, node, true, cluster.signal);
    assert.equal(await isCordoned(), true);
    await cordon(cluster.admin, node, false, cluster.signal);
    assert.equal(await isCordoned(), undefined);
  });

  it('deletes what was looked at, and never a namesake that came after it', async () => {
    const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'doomed', namespace } };
    const reference = { type: coreType('ConfigMap', 'configmaps'), namespace, name: 'doomed' };
    await apply(settings);
    const looked = await read(reference);
    await cluster.controlPlane.kubectl(['-n', namespace, 'delete', 'configmap', 'doomed']);
    await apply(settings);
    await assert.rejects(
      deleteObject(cluster.admin, reference, looked, cluster.signal),
      (error: unknown) => error instanceof Failure && error.kind === 'conflict',
    );
    await deleteObject(cluster.admin, reference, await read(reference), cluster.signal);
    await assert.rejects(read(reference), (error: unknown) => error instanceof Failure && error.kind === 'not-found');
  });

  it('edits an object by its text: dry run first, nobody else’s change overwritten, Secrets kept', async () => {
    const reference = { type: coreType('Secret', 'secrets'), namespace, name: 'db' };
    await apply({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'db', namespace },
      stringData: { user: 'shop', password: 'hunter2' },
    });
    const secret = await read(reference);
    const text = editableText(secret);
    assert.ok(!text.includes(Buffer.from('hunter2').toString('base64')), text);
    assert.equal(await planEdit(cluster.admin, reference, secret, text, cluster.signal), undefined);
    const user = Buffer.from('owner').toString('base64');
    const edited = text
      .replace(/user: .*/, `user: ${user}`)
      .replace('  name: db', '  name: db\n  labels:\n    team: shop');
    const plan = await planEdit(cluster.admin, reference, secret, edited, cluster.signal);
    if (!plan) assert.fail('nothing was planned');
    assert.ok(
      plan.diff.lines.some((line) => /^\+ +team: shop/.test(line)),
      plan.diff.lines.join('\n'),
    );
    assert.ok(!JSON.stringify(plan.diff).includes(user), 'a secret is in the diff');
    assert.deepEqual((await read(reference))['data'], secret['data'], 'a dry run writes nothing');
    await applyEdit(cluster.admin, reference, plan, cluster.signal);
    const password = Buffer.from('hunter2').toString('base64');
    assert.deepEqual((await read(reference))['data'], { user, password });
    await assert.rejects(
      planEdit(cluster.admin, reference, secret, edited.replace('team: shop', 'team: cart'), cluster.signal),
      (error: unknown) => error instanceof Failure && error.kind === 'conflict',
    );
    for (const [wrong, said] of [
      [text.replace('name: db', 'name: other'), /metadata\.name of Secret acts\/db cannot be changed/],
      ['kind: [', /not valid YAML/],
      ['', /The text is no Secret/],
    ] as const) {
      await assert.rejects(planEdit(cluster.admin, reference, secret, wrong, cluster.signal), said);
    }
  });

  it('describes a workload that fails: what is wrong, what to do, events, YAML without secrets', async () => {
    const broken = { type: wellKnownTypes.deployments, namespace, name: 'broken' };
    let text = '';
    await cluster.until('the crash', async () => {
      text = describeText(await readDescription(cluster.admin, broken, Date.now(), cluster.signal));
      return text.includes('CrashLoopBackOff');
    });
    assert.match(text, /^# Deployment acts\/broken\n\nOn context `slipway-admin`/);
    assert.match(text, /## What is wrong\n\n- \*\*CrashLoopBackOff\*\*: Container web of pod broken/);
    assert.match(text, /## Pods[\s\S]*## Conditions[\s\S]*## Events[\s\S]*ScalingReplicaSet[\s\S]*## YAML/);
    const secret = { type: coreType('Secret', 'secrets'), namespace, name: 'db' };
    const described = describeText(await readDescription(cluster.admin, secret, Date.now(), cluster.signal));
    assert.ok(!described.includes(Buffer.from('hunter2').toString('base64')), described);
  });
});
