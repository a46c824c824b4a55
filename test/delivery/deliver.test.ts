import assert from 'node:assert/strict';
import { Failure } from '../../client/src/cluster/failure.ts';
import type { KubeObject } from '../../client/src/cluster/kubeObject.ts';
import type { DeliveryEvent } from '../../client/src/delivery/deliveryEvent.ts';
import { afterEvent, type DeliveryState, noDelivery } from '../../client/src/delivery/deliveryState.ts';
import type { Engines } from '../../client/src/delivery/engines.ts';
import type { DeliveryIntent } from '../../client/src/delivery/intent.ts';
import { ship } from '../../client/src/delivery/ship.ts';
import { ManualClock } from './manualClock.ts';
import { MemoryCluster } from './memoryCluster.ts';
import { MemoryEngine } from './memoryEngine.ts';
import { build, deploy, document, namespace, reference, wholeIntent } from './shopIntents.ts';
import { deployment, pod, replicaSet } from './shopObjects.ts';

describe('A delivery', () => {
  let engine: MemoryEngine;
  let cluster: MemoryCluster;
  let clock: ManualClock;
  let stop: AbortController;
  let events: DeliveryEvent[];
  let contexts: string[];

  beforeEach(() => {
    engine = new MemoryEngine();
    cluster = new MemoryCluster();
    clock = new ManualClock();
    stop = new AbortController();
    events = [];
    contexts = [];
    cluster.put('/api/v1/namespaces/shop', namespace);
  });

  const engines = (more: Partial<Engines> = {}): Engines => ({
    imageEngine: async () => engine,
    cluster: (context) => {
      contexts.push(context);
      return cluster;
    },
    clock,
    ...more,
  });

  /** Ships and turns the clock until it is over. */
  const run = async (intent: DeliveryIntent, more: Partial<Engines> = {}): Promise<DeliveryState> => {
    let state: DeliveryState | undefined;
    const shipping = ship(intent, engines(more), (event) => events.push(event), stop.signal).then((end) => {
      state = end;
    });
    for (let turn = 0; turn < 200 && !state; turn += 1) await clock.turn(1_000);
    await shipping;
    assert.ok(state);
    assert.deepEqual(events.reduce(afterEvent, noDelivery), state, 'the events alone make the state');
    return state;
  };
  const statuses = (state: DeliveryState): string[] => state.steps.map(({ step, status }) => `${step.kind} ${status}`);
  const remains = (state: DeliveryState): string => state.steps.flatMap((step) => step.remains).join('\n');
  const stored = (path: string): KubeObject | undefined => cluster.objects.get(path);
  const path = '/apis/apps/v1/namespaces/shop/deployments/cart';

  /** Plays the controllers: rolls out whatever Deployment is applied. */
  const playControllers = (healthy: (image: string) => boolean): void => {
    const put = cluster.put.bind(cluster);
    let revision = 0;
    cluster.put = (where, object) => {
      const result = put(where, object);
      const seen = (object['status'] as { observedGeneration?: number } | undefined)?.observedGeneration;
      if (where !== path || seen === result.metadata.generation) return result;
      revision += 1;
      const containers = (object['spec'] as { template: { spec: { containers: { image: string }[] } } }).template.spec
        .containers;
      const image = containers[0]?.image ?? '';
      const { uid = '', generation = 0 } = result.metadata;
      const keeper = replicaSet(revision, image);
      const ownerReferences = [{ ...keeper.metadata.ownerReferences?.[0], uid }];
      put(`/apis/apps/v1/namespaces/shop/replicasets/cart-hash${revision}`, {
        ...keeper,
        metadata: { ...keeper.metadata, ownerReferences },
      } as KubeObject);
      for (const key of [...cluster.objects.keys()]) if (key.includes('/pods/')) cluster.remove(key);
      const waiting = { waiting: { reason: 'ErrImagePull', message: `${image}: not found` } };
      for (const name of ['a', 'b']) {
        const status = healthy(image) ? {} : { ready: false, state: waiting };
        put(`/api/v1/namespaces/shop/pods/${name}-${revision}`, pod(`${name}-${revision}`, revision, status));
      }
      put(where, {
        ...deployment({}, { observedGeneration: generation, ...(healthy(image) ? {} : { availableReplicas: 0 }) }),
        ...result,
        metadata: { ...result.metadata, annotations: { 'deployment.kubernetes.io/revision': String(revision) } },
        status: { ...deployment().status, observedGeneration: generation },
      });
      return result;
    };
  };

  it('ships from build to a watched rollout of exactly the digest that was pushed', async () => {
    playControllers(() => true);
    const state = await run(wholeIntent);
    assert.equal(state.status, 'done', JSON.stringify(state.failure));
    assert.equal(state.digests[reference], engine.builds.digest);
    assert.match(JSON.stringify(stored(path)), new RegExp(`localhost:5000/shop/cart:2@${engine.builds.digest}`));
    assert.deepEqual(new Set(contexts), new Set(['kind-shop']));
    const watched = state.steps.at(-1);
    assert.equal(watched?.result?.kind, 'rolled-out');
    assert.equal(stored('/api/v1/namespaces/shop/services/cart')?.metadata.namespace, 'shop');
  });

  it('can be repeated: the second time pushes and changes nothing', async () => {
    playControllers(() => true);
    await run(wholeIntent);
    const { build: _build, ...repeat } = wholeIntent;
    const generation = stored(path)?.metadata.generation;
    events = [];
    const state = await run(repeat);
    assert.equal(state.status, 'done');
    assert.equal(engine.log.filter((line) => line.startsWith('push')).length, 1);
    assert.equal(stored(path)?.metadata.generation, generation);
  });

  it('refuses to overwrite a version before it builds anything, and does so when that is allowed', async () => {
    engine.registry.set(reference, 'sha256:other');
    const state = await run({ engine: 'memory', build, push: { reference, overwrite: false } });
    assert.equal(state.failure?.kind, 'exists');
    assert.deepEqual(engine.log, []);
    assert.equal(engine.registry.get(reference), 'sha256:other');
    events = [];
    const allowed = await run({ engine: 'memory', build, push: { reference, overwrite: true } });
    assert.equal(allowed.status, 'done');
    assert.equal(engine.registry.get(reference), engine.builds.digest);
    assert.match(allowed.steps[0]?.notices.join() ?? '', /sha256:other.*overwritten/);
  });

  it('notices a version that somebody else pushed during the build', async () => {
    engine.during = (what) => {
      if (what === 'build') engine.registry.set(reference, 'sha256:theirs');
    };
    const state = await run({ engine: 'memory', build, push: { reference, overwrite: false } });
    assert.deepEqual(statuses(state), ['check-version done', 'build-image done', 'push-image failed']);
    assert.equal(engine.registry.get(reference), 'sha256:theirs');
  });

  it('runs all container tests before it fails, and pushes nothing then', async () => {
    engine.builds = { ...engine.builds, files: { '/app': {} } };
    const test = (paths: string[]) => ({
      file: `${paths.join()}.yaml`,
      commandTests: [],
      fileContentTests: [],
      metadataTest: undefined,
      licenseTests: [],
      runOptions: {},
      notCarriedOut: [],
      fileExistenceTests: paths.map((testPath) => ({
        name: testPath,
        path: testPath,
        shouldExist: true,
        permissions: undefined,
        uid: undefined,
        gid: undefined,
        isExecutableBy: undefined,
      })),
    });
    const containerTests = [test(['/none', '/app']), test(['/app'])];
    const state = await run({ ...wholeIntent, containerTests });
    assert.equal(state.failure?.kind, 'container-test');
    assert.match(state.failure?.said ?? '', /\/none: \/none does not exist/);
    assert.deepEqual(state.failure?.places, [{ file: '/none,/app.yaml' }]);
    assert.equal(state.steps.flatMap((step) => step.containerTests).length, 3);
    assert.deepEqual(
      engine.log.filter((line) => line.startsWith('push')),
      [],
    );
    assert.deepEqual(statuses(state).slice(-3), ['dry-run skipped', 'apply skipped', 'watch-rollout skipped']);
  });

  const cancelMoments: [what: string, arrange: () => void, kind: string, remain: RegExp][] = [
    ['before anything', () => stop.abort(), 'check-version', /^$/],
    [
      'during the build',
      () => {
        engine.during = () => stop.abort();
      },
      'build-image',
      /No image localhost.* was made/,
    ],
    [
      'when the build has just ended',
      () => {
        engine.afterwards = () => stop.abort();
      },
      'build-image',
      /now names the new image\. It was not pushed/,
    ],
    [
      'during the push',
      () => {
        engine.during = (what) => {
          if (what === 'push') stop.abort();
        };
      },
      'push-image',
      /The registry has no localhost/,
    ],
    [
      'when the push has just ended',
      () => {
        engine.afterwards = (what) => {
          if (what === 'push') stop.abort();
        };
      },
      'push-image',
      /The push had finished/,
    ],
    [
      'before the first write to the cluster',
      () => {
        cluster.fault = (request) => (request.startsWith('dry-run') && stop.abort()) || undefined;
      },
      'dry-run',
      /^$/,
    ],
    [
      'during the first write to the cluster',
      () => {
        cluster.beforeWrite = () => stop.abort();
      },
      'apply',
      /Applied to kind-shop: Service shop\/cart\. Not applied: 1 of 2/,
    ],
    [
      'while the rollout is watched',
      () => {
        cluster.fault = (request) => (request.startsWith('watch') && stop.abort()) || undefined;
      },
      'watch-rollout',
      /goes on in kind-shop/,
    ],
  ];
  for (const [what, arrange, kind, remain] of cancelMoments) {
    it(`cancelled ${what} says what is left, and can be repeated to the same end`, async () => {
      playControllers(() => true);
      arrange();
      const state = await run(wholeIntent);
      assert.equal(state.status, 'cancelled');
      assert.equal(state.failure?.kind, 'cancelled');
      const ended = state.steps.find(({ status }) => status === 'cancelled');
      assert.equal(ended?.step.kind, kind);
      assert.match(remains(state), remain);
      assert.ok(state.steps.every(({ status }) => ['done', 'cancelled', 'skipped'].includes(status)));

      stop = new AbortController();
      engine.during = () => {};
      engine.afterwards = () => {};
      cluster.beforeWrite = () => {};
      cluster.fault = () => undefined;
      events = [];
      const pushed = engine.registry.has(reference);
      const again = await run(pushed ? { ...wholeIntent, push: { reference, overwrite: true } } : wholeIntent);
      assert.equal(again.status, 'done', JSON.stringify(again.failure));
      assert.equal(engine.registry.get(reference), engine.builds.digest);
      assert.match(JSON.stringify(stored(path)), new RegExp(engine.builds.digest));
    });
  }

  it('refuses a protected context before it does anything, until its name is given', async () => {
    playControllers(() => true);
    const protectedContexts = ['kind-*'];
    for (const confirmedContext of [undefined, 'kind-shap']) {
      events = [];
      const typed = confirmedContext === undefined ? {} : { confirmedContext };
      const state = await run({ ...wholeIntent, deploy: { ...deploy, protectedContexts, ...typed } });
      assert.equal(state.failure?.kind, 'protected');
      assert.match(state.failure?.message ?? '', /kind-shop is protected by the pattern kind-\*/);
      assert.deepEqual(engine.log, []);
      assert.deepEqual(cluster.requests, []);
    }
    events = [];
    const state = await run({
      ...wholeIntent,
      deploy: { ...deploy, protectedContexts, confirmedContext: 'kind-shop' },
    });
    assert.equal(state.status, 'done');
  });

  it('asks once with what the server would do, and writes nothing when the answer is no', async () => {
    const asked: string[][] = [];
    const approve: NonNullable<Engines['approve']> = async (step, reviews) => {
      asked.push([step.context, ...reviews.map(({ kind, change }) => `${kind} ${change}`)]);
      return false;
    };
    const { images: _images, ...plain } = deploy;
    const state = await run({ deploy: plain }, { approve });
    assert.equal(state.status, 'cancelled');
    assert.deepEqual(asked, [['kind-shop', 'Service create', 'Deployment create']]);
    assert.equal(stored(path), undefined);
  });

  it('collects every refusal of the dry run with its file, and applies nothing', async () => {
    const conflicts = [{ owner: 'kubectl-scale', field: '.spec.replicas' }];
    cluster.fault = (request) => {
      if (!request.startsWith('dry-run')) return undefined;
      return request.includes('deployments')
        ? new Failure('conflict', 'Refused.', { conflicts, said: 'conflict with kubectl-scale' })
        : new Failure('invalid', 'Refused.', {
            said: 'Service "cart" is invalid: spec.ports[0].port: Invalid value: 0',
          });
    };
    const { images: _images, ...plain } = deploy;
    const state = await run({ deploy: plain });
    assert.match(state.failure?.message ?? '', /2 objects were refused/);
    assert.deepEqual(state.failure?.conflicts, conflicts);
    assert.deepEqual(
      state.failure?.places.map(({ documentIndex, path: field }) => [documentIndex, field]),
      [
        [0, ['spec', 'ports', 0, 'port']],
        [1, ['spec', 'replicas']],
      ],
    );
    assert.ok(!cluster.requests.some((request) => request.startsWith('apply')));
  });

  it('reviews what comes with its namespace as unchecked, and applies in an order that works', async () => {
    playControllers(() => true);
    cluster.objects.delete('/api/v1/namespaces/shop');
    const { images: _images, ...plain } = deploy;
    const documents = [...deploy.documents, document(namespace, 2)];
    const state = await run({ deploy: { ...plain, documents } });
    assert.equal(state.status, 'done', JSON.stringify(state.failure));
    const reviews = state.steps[0]?.reviews.map(({ kind, change }) => `${kind} ${change}`);
    assert.deepEqual(reviews, ['Namespace create', 'Service unchecked', 'Deployment unchecked']);
    assert.deepEqual(
      state.steps[1]?.applied.map(({ kind }) => kind),
      ['Namespace', 'Service', 'Deployment'],
    );
    assert.equal(stored('/api/v1/namespaces/shop')?.metadata.namespace, undefined);
  });

  it('waits for a kind whose definition it applies', async () => {
    const definition: KubeObject = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'carts.shop.example' },
      spec: { group: 'shop.example', names: { kind: 'Cart' }, versions: [{ name: 'v1' }] },
    };
    const cart: KubeObject = { apiVersion: 'shop.example/v1', kind: 'Cart', metadata: { name: 'one' } };
    const type = { group: 'apiextensions.k8s.io', version: 'v1', kind: 'CustomResourceDefinition', verbs: [] };
    cluster.types = [...cluster.types, { ...type, plural: 'customresourcedefinitions', namespaced: false }];
    let asked = 0;
    cluster.fault = (request) => {
      if (
        request === 'discovery' &&
        stored('/apis/apiextensions.k8s.io/v1/customresourcedefinitions/carts.shop.example')
      ) {
        asked += 1;
        if (asked === 3) {
          cluster.types = [
            ...cluster.types,
            { group: 'shop.example', version: 'v1', kind: 'Cart', plural: 'carts', namespaced: true, verbs: [] },
          ];
        }
      }
      return undefined;
    };
    const documents = [document(cart), document(definition, 1)];
    const state = await run({ deploy: { context: 'kind-shop', namespace: 'shop', documents } });
    assert.equal(state.status, 'done', JSON.stringify(state.failure));
    assert.ok(stored('/apis/shop.example/v1/namespaces/shop/carts/one'));
  });

  it('tells no value of a Secret, not even when the server quotes it', async () => {
    const secret = (stringData: object): KubeObject => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'db' },
      data: { token: Buffer.from('hush-token').toString('base64') },
      stringData,
    });
    const quoting = new Failure('invalid', 'Refused.', { said: 'Invalid value: "hush-password", hush-token' });
    for (const moment of ['dry-run', 'apply']) {
      cluster.fault = (request) => (request.startsWith(moment) ? quoting : undefined);
      events = [];
      const documents = [document(secret({ password: 'hush-password' }))];
      const state = await run({ deploy: { context: 'kind-shop', namespace: 'shop', documents } });
      assert.equal(state.failure?.kind, 'invalid');
      assert.match(state.failure.said, /Invalid value: "••••••"/);
      assert.doesNotMatch(JSON.stringify([events, state]), /hush|aHVzaC/);
    }
    cluster.fault = () => undefined;
    events = [];
    await run({ deploy: { context: 'kind-shop', namespace: 'shop', documents: [document(secret({ a: 'sent' }))] } });
    assert.deepEqual(stored('/api/v1/namespaces/shop/secrets/db')?.['stringData'], { a: 'sent' });
  });

  it('goes on where the registry refuses to speak of a version, and says so', async () => {
    const refused = new Failure('forbidden', 'Denied.', { said: 'denied: permission_denied' });
    engine.remoteDigest = () => Promise.reject(refused);
    const state = await run({ engine: 'memory', build, push: { reference, overwrite: false } });
    assert.equal(state.status, 'done');
    assert.match(state.steps[0]?.notices.join() ?? '', /does not say whether it has .*permission_denied/);
  });

  it('names a kind that the cluster does not know', async () => {
    const unknown: KubeObject = { apiVersion: 'x.io/v1', kind: 'Thing', metadata: { name: 'a' } };
    const state = await run({ deploy: { ...deploy, images: [], documents: [document(unknown)] } });
    assert.match(state.failure?.message ?? '', /knows no Thing of x\.io\/v1/);
  });

  it('tells why a rollout fails with the manifest’s field, and takes it back to the digest before', async () => {
    playControllers((image) => !image.includes('nowhere'));
    await run(wholeIntent);
    events = [];
    const broken = {
      repository: 'registry.example.com/shop/cart',
      reference: 'localhost:5000/nowhere:9',
      pinDigest: false,
    };
    const state = await run({ deploy: { ...deploy, images: [broken] } });
    assert.equal(state.failure?.kind, 'rollout');
    assert.match(state.failure?.message ?? '', /^ErrImagePull: Image localhost:5000\/nowhere:9 cannot be pulled/);
    assert.deepEqual(state.failure?.places, [
      {
        file: '/shop/cart.yaml',
        documentIndex: 1,
        path: ['spec', 'template', 'spec', 'containers', 0, 'image'],
      },
    ]);
    assert.match(remains(state), /taken back to revision 1 and runs it/);
    assert.match(JSON.stringify(stored(path)), new RegExp(`cart:2@${engine.builds.digest}`));
    assert.equal(state.steps.at(-1)?.undone?.to, 1);
  });

  it('a fault of our own is not hidden as a failure', async () => {
    const faulty = { imageEngine: async () => Promise.reject(new TypeError('our bug')) };
    await assert.rejects(
      ship(wholeIntent, engines(faulty), () => {}, stop.signal),
      /our bug/,
    );
  });

  it('an unreachable engine is told in its own words', async () => {
    const away = new Failure('unreachable', 'No container engine was found.', { advice: 'Start Docker.' });
    const state = await run(wholeIntent, { imageEngine: async () => Promise.reject(away) });
    assert.deepEqual(state.failure, away.report);
  });
});
