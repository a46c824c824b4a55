import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { Failure } from '../../client/src/cluster/failure.ts';
import { deployment, pod, replicaSet } from '../delivery/shopObjects.ts';
import { findNode, lines, ModelOnMemory, until } from './modelOnMemory.ts';

const SHOP = '/api/v1/namespaces/shop';
const APPS = '/apis/apps/v1/namespaces/shop';

/** A shop with one Deployment of two pods, one of which crashes. */
function shop(on: ModelOnMemory): ModelOnMemory {
  const { cluster } = on;
  cluster.put(SHOP, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
  cluster.put(`${APPS}/deployments/cart`, deployment({}, { readyReplicas: 1 }));
  cluster.put(`${APPS}/replicasets/cart-hash2`, replicaSet(2));
  cluster.put(`${SHOP}/pods/cart-1`, pod('cart-1', 2));
  const crash = { ready: false, restartCount: 4, state: { waiting: { reason: 'CrashLoopBackOff' } } };
  cluster.put(`${SHOP}/pods/cart-2`, pod('cart-2', 2, crash));
  return on;
}

describe('The model of the cluster view', () => {
  it('asks nobody before a context is opened', () => {
    const on = shop(new ModelOnMemory());
    assert.deepEqual(lines(on.model.roots()), ['kind-shop: current context of kubectl']);
    assert.deepEqual(on.cluster.requests, []);
  });

  it('shows namespaces, workloads, pods and containers with their states in words', async () => {
    const on = shop(new ModelOnMemory());
    assert.deepEqual(lines(await on.open('kind-shop')), [
      'Cluster: nodes, storage, definitions',
      'All Namespaces',
      'shop',
    ]);
    assert.deepEqual(lines(await on.open('kind-shop', 'shop')), [
      'Workloads',
      'Services',
      'Configuration',
      'Helm Releases',
      'Events',
      'Other Kinds',
    ]);
    const workloads = await on.open('kind-shop', 'shop', 'Workloads');
    assert.deepEqual(lines(workloads), ['cart: Deployment · 1 of 2 ready, CrashLoopBackOff, 4 restarts']);
    assert.equal(workloads[0]?.icon.color, 'list.errorForeground');
    assert.match(workloads[0]?.contextValue ?? '', /scalable.*restartable.*workload.*watchable/);
    assert.deepEqual(lines(await on.open('kind-shop', 'shop', 'Workloads', 'cart')), [
      'cart-1: running',
      'cart-2: CrashLoopBackOff, 4 restarts',
    ]);
    assert.deepEqual(lines(await on.open('kind-shop', 'shop', 'Workloads', 'cart', 'cart-2')), [
      'cart: waiting: CrashLoopBackOff, 4 restarts',
    ]);
    assert.deepEqual(on.faults, []);
  });

  it('asks for one list and one watch of each kind that is shown, and for nothing else', async () => {
    const on = shop(new ModelOnMemory());
    await on.open('kind-shop', 'shop', 'Workloads', 'cart', 'cart-1');
    await on.open('kind-shop', 'shop', 'Workloads', 'cart', 'cart-2');
    const kinds = ['deployments', 'statefulsets', 'daemonsets', 'replicasets', 'jobs', 'rollouts', 'pods'];
    const collections = ['namespaces', ...kinds].sort();
    const asked = (verb: string): string[] =>
      on
        .requestsOf(verb)
        .map(
          (request) =>
            request
              .replace(/ from .*/, '')
              .split('/')
              .at(-1)!,
        )
        .sort();
    assert.deepEqual(asked('list'), collections);
    assert.deepEqual(asked('watch'), collections);
    assert.equal(on.cluster.requests.length, 1 + 2 * collections.length, on.cluster.requests.join('\n'));
  });

  it('draws again the line that changed, and its heading when something comes or goes', async () => {
    const on = shop(new ModelOnMemory());
    const [cart] = await on.open('kind-shop', 'shop', 'Workloads');
    const pods = await on.model.open(cart!.id);
    await on.settled();
    on.cluster.put(`${SHOP}/pods/cart-2`, pod('cart-2', 2));
    assert.deepEqual(await on.nextRedraw(), [cart!.id]);
    assert.equal(on.model.node(cart!.id)?.description, 'Deployment · 1 of 2 ready');
    await on.model.open(cart!.id);
    await on.settled();
    const hurt = pod('cart-1', 2, { restartCount: 1 });
    on.cluster.put(`${SHOP}/pods/cart-1`, hurt);
    assert.deepEqual(await on.nextRedraw(), [findNode(pods, 'cart-1').id]);
    on.cluster.put(`${SHOP}/pods/lonely`, pod('lonely', 2, {}, { metadata: { ownerReferences: [], labels: {} } }));
    assert.deepEqual(await on.nextRedraw(), [cart!.id.slice(0, cart!.id.lastIndexOf('/'))]);
  });

  it('follows nothing that is closed, under something closed, or hidden, and reads it anew afterwards', async () => {
    const on = shop(new ModelOnMemory());
    const [workloads] = await on.open('kind-shop', 'shop');
    await on.model.open(workloads!.id);
    const all = on.cluster.openWatches;
    on.model.close(workloads!.id);
    await on.open('kind-shop', 'shop');
    assert.equal(on.cluster.openWatches, 1, 'only the namespaces are followed');
    await on.model.open(workloads!.id);
    assert.equal(on.cluster.openWatches, all);
    const [context] = on.model.roots();
    on.model.close(context!.id);
    await until('no watch under a closed context', () => on.cluster.openWatches === 0);
    await on.model.open(context!.id);
    await until('what was open under it to be followed again', () => on.cluster.openWatches === all);
    on.model.setVisible(false);
    await until('no watch of a hidden view', () => on.cluster.openWatches === 0);
    on.cluster.remove(`${SHOP}/pods/cart-2`);
    on.model.setVisible(true);
    await until('what happened meanwhile', async () => {
      const [cart] = await on.open('kind-shop', 'shop', 'Workloads');
      return on.model.node(cart!.id)?.description === 'Deployment · 1 of 2 ready';
    });
  });

  it('tells a kind that may not be read, and does not ask again before it is told to', async () => {
    const on = shop(new ModelOnMemory());
    on.cluster.fault = (request) =>
      /^list .*(replicasets|jobs)$/.test(request)
        ? new Failure('forbidden', 'Not allowed.', { said: 'viewer cannot list', advice: 'Ask for a Role.' })
        : undefined;
    const nodes = await on.open('kind-shop', 'shop', 'Workloads');
    assert.deepEqual(lines(nodes), [
      'cart: Deployment · 1 of 2 ready, CrashLoopBackOff, 4 restarts',
      'ReplicaSet: not allowed',
      'Job: not allowed',
    ]);
    const refused = findNode(nodes, 'Job');
    assert.equal(refused.icon.color, 'disabledForeground');
    assert.match(refused.tooltip, /viewer cannot list[\s\S]*Ask for a Role/);
    await new Promise((resolve) => setTimeout(resolve, 30));
    assert.equal(on.requestsOf(`list ${APPS}/replicasets`).length, 1);
    on.cluster.fault = () => undefined;
    on.model.retry();
    const again = await on.open('kind-shop', 'shop', 'Workloads');
    assert.deepEqual(lines(again), ['cart: Deployment · 1 of 2 ready, CrashLoopBackOff, 4 restarts']);
  });

  it('offers the namespaces that are known where they may not be listed', async () => {
    const on = shop(
      new ModelOnMemory({
        typedNamespaces: () => ['shop'],
        target: () => ({ context: 'kind-shop', namespace: 'stage' }),
      }),
    );
    on.cluster.fault = (request) =>
      request === 'list /api/v1/namespaces' ? new Failure('forbidden', 'Not allowed.') : undefined;
    const nodes = await on.open('kind-shop');
    assert.deepEqual(lines(nodes), [
      'Cluster: nodes, storage, definitions',
      'All Namespaces',
      'stage: target of this workspace',
      'default',
      'shop',
      'Show another namespace…: they may not be listed',
    ]);
    assert.equal(nodes.at(-1)?.command?.id, 'slipway.showNamespace');
  });

  it('says what to do when the credentials are refused, and tries again when told to', async () => {
    const advice = 'Run "aws sso login", then refresh.';
    const on = shop(
      new ModelOnMemory({
        contexts: () => [{ name: 'kind-shop', server: 's', namespace: 'n', current: true, loginAdvice: advice }],
      }),
    );
    on.cluster.fault = () => new Failure('unauthorised', 'Context kind-shop does not accept your credentials.');
    const [refusal] = await on.open('kind-shop');
    assert.equal(refusal?.label, 'Context kind-shop does not accept your credentials.');
    assert.equal(refusal.description, advice);
    assert.match(lines(on.model.roots())[0]!, /credentials refused/);
    const asked = on.cluster.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(on.cluster.requests.length, asked, 'nothing knocks again by itself');
    on.cluster.fault = () => undefined;
    on.model.retry();
    assert.ok(findNode(await on.open('kind-shop'), 'shop'));
  });

  it('keeps what was last known while the server is away, and says so', async () => {
    const on = shop(new ModelOnMemory());
    await on.open('kind-shop', 'shop', 'Workloads');
    on.cluster.fault = () => new Failure('unreachable', 'It does not answer.', { said: 'ECONNREFUSED' });
    on.cluster.breakWatches(new Failure('unreachable', 'It does not answer.'));
    await on.nextRedraw(0);
    const nodes = await on.open('kind-shop', 'shop', 'Workloads');
    assert.deepEqual(
      nodes.map(({ label }) => label),
      ['Connection lost: this is what was last known', 'cart'],
    );
    on.cluster.fault = () => undefined;
    await until('the connection', async () => (await on.open('kind-shop', 'shop', 'Workloads')).length === 1);
  });

  it('keeps no value of a Secret, and of a Helm release only what it is called', async () => {
    const on = shop(new ModelOnMemory());
    const encoded = Buffer.from('hunter2').toString('base64');
    const secret = { apiVersion: 'v1', kind: 'Secret', type: 'Opaque', data: { password: encoded } };
    const applied = { 'kubectl.kubernetes.io/last-applied-configuration': `{"data":"${encoded}"}` };
    on.cluster.put(`${SHOP}/secrets/db`, {
      ...secret,
      metadata: { name: 'db', namespace: 'shop', annotations: applied },
    });
    for (const revision of [1, 2]) {
      const record = {
        chart: { metadata: { name: 'cart', version: '1.2.0' } },
        config: { password: 'hunter2' },
        info: { description: 'Upgrade complete' },
      };
      const release = Buffer.from(gzipSync(JSON.stringify(record)).toString('base64')).toString('base64');
      on.cluster.put(`${SHOP}/secrets/sh.helm.release.v1.cart.v${revision}`, {
        apiVersion: 'v1',
        kind: 'Secret',
        type: 'helm.sh/release.v1',
        metadata: {
          name: `sh.helm.release.v1.cart.v${revision}`,
          namespace: 'shop',
          labels: { name: 'cart', version: String(revision), status: revision === 2 ? 'deployed' : 'superseded' },
        },
        data: { release },
      });
    }
    const secrets = await on.open('kind-shop', 'shop', 'Configuration', 'Secret');
    const releases = await on.open('kind-shop', 'shop', 'Helm Releases');
    assert.deepEqual(lines(releases), ['cart: deployed, revision 2, cart-1.2.0']);
    const former = await on.open('kind-shop', 'shop', 'Helm Releases', 'cart');
    assert.deepEqual(lines(former), ['cart: superseded, revision 1, cart-1.2.0']);
    assert.equal(former[0]?.contextValue, 'release');
    assert.deepEqual(former[0]?.argument?.release, { name: 'cart', revision: 1 });
    const everything = JSON.stringify([secrets, releases, former]);
    for (const leak of ['hunter2', encoded]) assert.ok(!everything.includes(leak), 'a secret is in the tree');
    assert.match(lines(secrets).join('\n'), /db: Opaque, 1 key/);
  });

  it('shows what pods use where there is a metrics API, asked once for each heading that is opened', async () => {
    const on = shop(new ModelOnMemory());
    const metrics = {
      group: 'metrics.k8s.io',
      version: 'v1beta1',
      kind: 'PodMetrics',
      plural: 'pods',
      namespaced: true,
    };
    on.cluster.types.push({ ...metrics, verbs: ['get', 'list'] });
    on.cluster.objects.set('/apis/metrics.k8s.io/v1beta1/namespaces/shop/pods/cart-1', {
      apiVersion: 'metrics.k8s.io/v1beta1',
      kind: 'PodMetrics',
      metadata: { name: 'cart-1', namespace: 'shop' },
      containers: [
        { name: 'cart', usage: { cpu: '12000000n', memory: '34816Ki' } },
        { name: 'proxy', usage: { cpu: '3m', memory: '10Mi' } },
      ],
    });
    await on.open('kind-shop', 'shop', 'Workloads');
    await until('the use of resources', () => on.redrawn.length > 0);
    assert.deepEqual(
      lines(await on.open('kind-shop', 'shop', 'Workloads', 'cart'))[0],
      'cart-1: running · 15m CPU, 44 MiB',
    );
  });
});
