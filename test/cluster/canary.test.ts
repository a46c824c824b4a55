import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '../../client/src/adapters/clock.ts';
import { prometheus } from '../../client/src/adapters/prometheus.ts';
import type { Failure } from '../../client/src/cluster/failure.ts';
import { objectPath } from '../../client/src/cluster/resourceType.ts';
import { canariesOf } from '../../client/src/delivery/progressive/canary.ts';
import { type CanaryState, canaryAt } from '../../client/src/delivery/progressive/canaryState.ts';
import {
  type ClusterCanary,
  clusterRoutes,
  requireServing,
} from '../../client/src/delivery/progressive/clusterCanary.ts';
import { compareCanary } from '../../client/src/delivery/progressive/compareCanary.ts';
import { dividingType, routesOf as routeEndsOf } from '../../client/src/delivery/progressive/dividingRoute.ts';
import { type RouteReference, requireUnkept } from '../../client/src/delivery/progressive/keepingRollout.ts';
import { CanaryRun } from '../../client/src/delivery/progressive/runCanary.ts';
import { startControlPlane } from '../environment/controlPlane/controlPlane.ts';
import { applyCustomResourceDefinitions } from '../environment/crds/customResourceDefinitions.ts';
import { needTier } from '../environment/needTier.ts';
import { adminContext, deploymentOf, TestCluster } from './testCluster.ts';

/** Answers as Prometheus does, with numbers by workload. */
class PretendedPrometheus {
  readonly #server: Server;
  /** Requests, failed requests and latency by workload; a workload that is not there has no series. */
  measurements: Record<string, readonly [number, number, number]> = {};

  constructor() {
    this.#server = createServer((request, response) => {
      const expression = new URL(request.url ?? '/', 'http://localhost').searchParams.get('query') ?? '';
      const found = this.measurements[/destination_workload=~"([^"]*)"/.exec(expression)?.[1] ?? ''];
      const grpc = /grpc_response_status/.test(expression);
      const value = /histogram_quantile/.test(expression)
        ? found?.[2]
        : /response_code=~/.test(expression)
          ? found?.[1]
          : found?.[0];
      const result = value === undefined || grpc ? [] : [{ metric: {}, value: [1, String(value)] }];
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify({ status: 'success', data: { resultType: 'vector', result } }));
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): Promise<unknown> {
    return new Promise((resolve) => this.#server.close(resolve));
  }
}

describe('A canary on a real API server', function () {
  this.timeout(90_000);
  let cluster: TestCluster;
  const metrics = new PretendedPrometheus();
  let metricsAddress: string;
  const good = { 'cart-v1': [1000, 2, 80], 'cart-v2': [60, 0, 82] } as const;
  const thresholds = { minimumRequests: 20, errorRatePoints: 1, latencyIncreasePercent: 25 };
  const plan = { steps: [5, 10, 25, 50, 100], stepMilliseconds: 150 };

  before(async function () {
    this.timeout(1_200_000);
    await needTier(this, 'kubernetes');
    metricsAddress = await metrics.start();
    cluster = new TestCluster(await startControlPlane({ nodes: 2 }));
    await applyCustomResourceDefinitions(cluster.controlPlane, ['istio', 'gateway-api', 'argo-rollouts']);
  });

  after(async () => {
    await metrics.stop();
    cluster?.dispose();
    await cluster?.controlPlane.stop();
  });

  const routesOf = (weights: readonly [number, number]): object[] =>
    ['v1', 'v2'].map((subset, index) => ({ destination: { host: 'cart', subset }, weight: weights[index] }));

  const istio = (namespace: string): object[] => [
    service('cart', { app: 'cart' }),
    {
      apiVersion: 'networking.istio.io/v1',
      kind: 'DestinationRule',
      metadata: { name: 'cart' },
      spec: {
        host: `cart.${namespace}.svc.cluster.local`,
        subsets: ['v1', 'v2'].map((version) => ({ name: version, labels: { version } })),
      },
    },
    {
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name: 'cart' },
      spec: {
        hosts: ['cart'],
        http: [
          {
            name: 'testers',
            match: [{ headers: { 'x-version': { exact: 'v2' } } }],
            route: [{ destination: { host: 'cart', subset: 'v2' } }],
          },
          { name: 'read', match: [{ method: { exact: 'GET' } }], route: routesOf([100, 0]) },
          { name: 'write', route: routesOf([100, 0]) },
        ],
      },
    },
  ];

  /** The same without a mesh: a Service for each version, and a route of the Gateway API. */
  const gateway = (kind: 'HTTPRoute' | 'GRPCRoute') => (): object[] => {
    const backendRefs = ['v1', 'v2'].map((version, index) => ({
      name: `cart-${version}`,
      port: 80,
      weight: index === 0 ? 100 : 0,
    }));
    const tester = { headers: [{ name: 'x-version', value: 'v2' }] };
    const plain = kind === 'HTTPRoute' ? { path: { type: 'PathPrefix', value: '/' } } : { method: { service: 'Cart' } };
    return [
      ...['v1', 'v2'].map((version) => service(`cart-${version}`, { app: 'cart', version })),
      {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind,
        metadata: { name: 'cart' },
        spec: {
          parentRefs: [{ name: 'shop' }],
          rules: [
            { matches: [tester], backendRefs: [{ name: 'cart-v2', port: 80 }] },
            { matches: [{ ...plain, ...tester }], backendRefs },
            { matches: [plain], backendRefs },
          ],
        },
      },
    ];
  };

  const service = (name: string, selector: object): object => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { selector, ports: [{ port: 80 }] },
  });

  const KINDS = { VirtualService: istio, HTTPRoute: gateway('HTTPRoute'), GRPCRoute: gateway('GRPCRoute') } as const;

  async function shop(
    name: string,
    tags: readonly [string, string] = ['1', '2'],
    kind: keyof typeof KINDS = 'VirtualService',
  ): Promise<ClusterCanary> {
    const namespace = await cluster.namespace(name);
    const versions = ['v1', 'v2'].map((version, index) => {
      const labels = { app: 'cart', version };
      const made = deploymentOf(`cart-${version}`, `shop/cart:${tags[index]}`, {
        selector: { matchLabels: labels },
      }) as {
        spec: { template: { metadata: object } };
      };
      made.spec.template.metadata = { labels };
      return made;
    });
    const documents = cluster.manifest(...versions, ...KINDS[kind](namespace));
    const isHealthy = tags.every((tag) => /^\d+$/.test(tag));
    const watch = isHealthy ? { watch: { timeoutMilliseconds: 60_000, undoOnFailure: false } } : {};
    const state = await cluster.deliver({ deploy: { context: adminContext, namespace, documents, ...watch } });
    assert.equal(state.status, 'done', JSON.stringify(state.failure));
    const route = { kind, namespace, name: 'cart' };
    const [canary] = canariesOf(await routeIn(route));
    assert.ok(canary);
    return { route, stable: canary.stable, canary: canary.canary };
  }

  const path = ({ kind, name, namespace }: RouteReference): string => objectPath(dividingType(kind), namespace, name);
  const routeIn = (route: RouteReference) => cluster.admin.get(path(route), cluster.signal);
  const share = async ({ route }: ClusterCanary): Promise<number | undefined> =>
    canariesOf(await routeIn(route))[0]?.percent;
  const seconds = (count: number): AbortSignal => AbortSignal.timeout(count * 1000);

  function runOf(target: ClusterCanary, from: CanaryState, kept: CanaryState[], address = metricsAddress): CanaryRun {
    const source = prometheus(address, cluster.admin);
    return new CanaryRun(
      {
        routes: clusterRoutes(cluster.admin, target),
        analyse: (signal) => compareCanary(cluster.admin, source, target, { thresholds, windowSeconds: 60 }, signal),
        clock: systemClock,
        lookIntervalMilliseconds: 50,
        keep: (state) => kept.push(state),
      },
      from,
    );
  }
  const start = (percent = 0): CanaryState => canaryAt(percent, plan, systemClock.now());

  for (const kind of ['VirtualService', 'HTTPRoute', 'GRPCRoute'] as const) {
    it(`goes through all steps on both routes of a ${kind} while it is measured to be as good`, async () => {
      metrics.measurements = good;
      const target = await shop(`whole-${kind.toLowerCase()}`, undefined, kind);
      await requireServing(cluster.admin, target.route.namespace, target, cluster.signal);
      const kept: CanaryState[] = [];
      const end = await runOf(target, start(), kept).run(seconds(60));
      assert.equal(end.phase, 'done', end.reason);
      const written = [...new Set(kept.flatMap(({ pending }) => pending ?? []))];
      assert.deepEqual(written, plan.steps);
      const weights = routeEndsOf(await routeIn(target.route)).map(({ ends }) => ends.map(({ weight }) => weight));
      const testers = kind === 'VirtualService' ? 0 : 1;
      assert.deepEqual(weights, [[testers], [0, 100], [0, 100]]);
      await clusterRoutes(cluster.admin, target).write(0, cluster.signal);
      assert.equal(await share(target), 0, 'an abort gives all back');
    });
  }

  it('leaves routes alone whose weights an Argo Rollout keeps', async () => {
    const target = await shop('kept', undefined, 'HTTPRoute');
    const { namespace } = target.route;
    await requireUnkept(cluster.admin, target.route, cluster.signal);
    const rollout = (name: string, trafficRouting: object): object => ({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      metadata: { name },
      spec: {
        selector: { matchLabels: { app: name } },
        strategy: { canary: { canaryService: 'cart-v2', stableService: 'cart-v1', trafficRouting } },
        template: {
          metadata: { labels: { app: name } },
          spec: { containers: [{ name: 'web', image: 'shop/cart:1' }] },
        },
      },
    });
    const rollouts = `/apis/argoproj.io/v1alpha1/namespaces/${namespace}/rollouts`;
    const other = { plugins: { 'argoproj-labs/gatewayAPI': { httpRoute: 'orders', namespace } } };
    await cluster.admin.create(rollouts, rollout('orders', other), cluster.signal);
    await requireUnkept(cluster.admin, target.route, cluster.signal);
    const own = { plugins: { 'argoproj-labs/gatewayAPI': { httpRoutes: [{ name: 'cart' }], namespace } } };
    await cluster.admin.create(rollouts, rollout('cart', own), cluster.signal);
    await assert.rejects(requireUnkept(cluster.admin, target.route, cluster.signal), (error: Failure) => {
      assert.equal(error.kind, 'conflict');
      assert.equal(error.message, 'Rollout kept/cart keeps the weights of HTTPRoute kept/cart.');
      return true;
    });
    const virtual = { kind: 'VirtualService', namespace, name: 'cart' } as const;
    await requireUnkept(cluster.admin, virtual, cluster.signal);
    const mesh = { istio: { virtualServices: [{ name: `cart.${namespace}`, routes: ['write'] }] } };
    await cluster.admin.create(rollouts, rollout('mesh', mesh), cluster.signal);
    await assert.rejects(requireUnkept(cluster.admin, virtual, cluster.signal), /Rollout kept\/mesh keeps/);
    await requireUnkept(cluster.viewer, virtual, cluster.signal);
  });

  it('is taken back at once when the canary fails requests, and says the numbers', async () => {
    const target = await shop('breach');
    metrics.measurements = good;
    const kept: CanaryState[] = [];
    const run = runOf(target, start(), kept);
    const running = run.run(seconds(60));
    while (run.state.percent < 10) await systemClock.sleep(20, cluster.signal);
    metrics.measurements = { ...good, 'cart-v2': [60, 6, 82] };
    const end = await running;
    assert.equal(end.phase, 'aborted');
    assert.match(end.reason, /^10\.0 % of the requests to v2 failed, 0\.2 % of those to v1/);
    assert.equal(await share(target), 0);
  });

  it('pauses where nothing is measured, goes on by hand, and is aborted by hand', async () => {
    const target = await shop('unknown');
    metrics.measurements = {};
    const kept: CanaryState[] = [];
    const run = runOf(target, start(), kept);
    const running = run.run(seconds(60));
    while (run.state.phase !== 'paused') await systemClock.sleep(20, cluster.signal);
    assert.equal(await share(target), 0, 'what is not known promotes nothing');
    assert.match(run.state.reason, /requests to v1 are not known/);
    run.wish({ type: 'promote' });
    while (run.state.percent !== 5) await systemClock.sleep(20, cluster.signal);
    assert.equal(await share(target), 5);
    run.wish({ type: 'abort', reason: 'By hand.' });
    assert.equal((await running).phase, 'aborted');
    assert.equal(await share(target), 0);
  });

  it('pauses where Prometheus in the cluster has no endpoint, in the API server’s words', async () => {
    const target = await shop('proxy');
    const object = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'prometheus' },
      spec: { selector: { app: 'nothing' }, ports: [{ port: 9090 }] },
    };
    await cluster.admin.create(`/api/v1/namespaces/${target.route.namespace}/services`, object, cluster.signal);
    const run = runOf(target, start(), [], `${target.route.namespace}/prometheus:9090`);
    const stop = new AbortController();
    const running = run.run(stop.signal);
    while (run.state.phase !== 'paused') await systemClock.sleep(20, cluster.signal);
    assert.match(run.state.reason, /no endpoints available/);
    stop.abort();
    await running;
  });

  it('is left as it is by a reload, and goes on from where the routes are', async () => {
    metrics.measurements = good;
    const target = await shop('reload');
    const kept: CanaryState[] = [];
    const leave = new AbortController();
    const run = runOf(target, start(), kept);
    const left = run.run(leave.signal);
    while (run.state.percent < 10) await systemClock.sleep(20, cluster.signal);
    leave.abort();
    await left;
    const share1 = await share(target);
    assert.ok(share1 === 10 || share1 === 25, `left at ${share1}`);
    const remembered = JSON.parse(JSON.stringify(kept.at(-1))) as CanaryState;
    const end = await runOf(target, remembered, []).run(seconds(60));
    assert.equal(end.phase, 'done', end.reason);
    assert.equal(await share(target), 100);
  });

  it('leaves weights alone that somebody else sets, and refuses a write on a state that is gone', async () => {
    metrics.measurements = good;
    const target = await shop('elsewhere');
    const routes = clusterRoutes(cluster.admin, target);
    await routes.write(10, cluster.signal);
    const run = runOf(target, { ...start(10), plan: { ...plan, stepMilliseconds: 3_600_000 } }, []);
    const stop = new AbortController();
    const running = run.run(stop.signal);
    await cluster.controlPlane.kubectl([
      'patch',
      'virtualservice/cart',
      '-n',
      target.route.namespace,
      '--type=json',
      '-p',
      JSON.stringify([{ op: 'replace', path: '/spec/http/2/route', value: routesOf([40, 60]) }]),
    ]);
    while (run.state.phase !== 'paused') await systemClock.sleep(20, cluster.signal);
    assert.match(run.state.reason, /routes disagree/);
    stop.abort();
    await running;
    await routes.write(25, cluster.signal);
    assert.equal(await share(target), 25, 'a wish moves both routes again');
    await cluster.admin.patch(
      path(target.route),
      { spec: { http: [{ route: [{ destination: { host: 'cart' } }] }] } },
      { type: 'merge' },
      cluster.signal,
    );
    await assert.rejects(routes.write(50, cluster.signal), (error: Failure) => {
      assert.equal(error.kind, 'conflict');
      assert.match(error.message, /no longer divides between v1 and v2/);
      return true;
    });
  });

  it('does not start towards a version without pods that serve', async () => {
    const target = await shop('not-ready', ['1', '2-never-ready']);
    while (
      (await cluster.admin.list(`/api/v1/namespaces/${target.route.namespace}/pods`, {}, cluster.signal)).items.length <
      4
    ) {
      await systemClock.sleep(100, cluster.signal);
    }
    let failure: Failure | undefined;
    for (let attempt = 0; attempt < 600; attempt += 1) {
      failure = await requireServing(cluster.admin, target.route.namespace, target, cluster.signal).then(
        () => undefined,
        (error: Failure) => error,
      );
      if (/cart-v2/.test(failure?.message ?? '')) break;
      await systemClock.sleep(100, cluster.signal);
    }
    assert.match(failure?.message ?? '', /Version v2 of cart serves nothing yet\. cart-v2 has no available pod/);
  });
});
