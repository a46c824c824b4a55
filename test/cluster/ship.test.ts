import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { DockerEngine } from '../../client/src/adapters/dockerEngine.ts';
import type { Failure } from '../../client/src/cluster/failure.ts';
import type { Pod } from '../../client/src/cluster/pod.ts';
import { parseContainerTests } from '../../client/src/delivery/containerTest.ts';
import type { DeliveryState } from '../../client/src/delivery/deliveryState.ts';
import type { DeliveryIntent } from '../../client/src/delivery/intent.ts';
import type { ManifestDocument } from '../../client/src/delivery/manifest.ts';
import { startControlPlane } from '../environment/controlPlane/controlPlane.ts';
import { needTier } from '../environment/needTier.ts';
import { type RealNode, startNode } from '../environment/node/node.ts';
import { adminContext, TestCluster } from './testCluster.ts';

const shop = join(import.meta.dirname, '../../examples/shop');

describe('Shipping the storefront to a real node', function () {
  this.timeout(180_000);
  let cluster: TestCluster;
  let node: RealNode;
  let engine: DockerEngine;
  let source: string;

  before(async function () {
    this.timeout(1_500_000);
    await needTier(this, 'node');
    cluster = new TestCluster(await startControlPlane({ nodes: 0 }));
    node = await startNode(cluster.controlPlane);
    await node.engine.importBaseImages(['busybox:1.36']);
    const environment = { ...process.env, ...node.engine.environment };
    const search = { environment, homeFolder: cluster.folder, platform: 'linux' as const, chosen: node.dockerHost };
    engine = new DockerEngine({ search, trusted: true });
    source = join(cluster.folder, 'storefront');
    cpSync(join(shop, 'storefront'), source, { recursive: true });
  });

  after(async () => {
    await node?.stop();
    cluster?.dispose();
    await cluster?.controlPlane.stop();
  });

  const repository = 'registry.example.com/shop/storefront';
  const reference = (version: string): string => `${node.registry.inNode}/shop/storefront:${version}`;

  /** The shop's own manifests of the storefront, and the namespace that they are for. */
  const documents = (change: (text: string) => string = (text) => text): ManifestDocument[] => {
    const folder = join(shop, 'deploy/storefront');
    const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
    return [
      ...cluster.manifest({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }),
      ...files.flatMap((name) => cluster.manifestText(change(readFileSync(join(folder, name), 'utf8')))),
    ];
  };
  const intentFor = (version: string, more: Partial<NonNullable<DeliveryIntent['deploy']>> = {}): DeliveryIntent => {
    const testFile = join(source, 'container-structure-test.yaml');
    return {
      engine: 'node',
      build: {
        reference: reference(version),
        contextFolder: source,
        dockerfile: join(source, 'Dockerfile'),
        buildArguments: { VERSION: version },
        output: 'engine',
      },
      containerTests: [parseContainerTests(testFile, readFileSync(testFile, 'utf8'))],
      push: { reference: reference(version), overwrite: false },
      deploy: {
        context: adminContext,
        namespace: 'shop',
        documents: documents(),
        images: [{ repository, reference: reference(version), pinDigest: true }],
        watch: { timeoutMilliseconds: 120_000, undoOnFailure: true },
        ...more,
      },
    };
  };
  const ship = (intent: DeliveryIntent): Promise<DeliveryState> =>
    cluster.deliver(intent, () => {}, { imageEngine: async () => engine });
  const pods = async (): Promise<Pod[]> => {
    const selection = { labelSelector: 'app.kubernetes.io/name=storefront' };
    const { items } = await cluster.admin.list('/api/v1/namespaces/shop/pods', selection, cluster.signal);
    return items as Pod[];
  };
  /** The digests that the node runs, each once. */
  const runningDigests = async (): Promise<string[]> => {
    const ids = (await pods()).flatMap(({ status }) => status?.containerStatuses ?? []).map(({ imageID }) => imageID);
    return [...new Set(ids.map((id) => id?.split('@')[1] ?? ''))];
  };
  const fetchFrom = async (pod: Pod, path: string): Promise<string> => {
    const connection = await cluster.admin.portForward('shop', pod.metadata.name, 8080, cluster.signal);
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const options = {
        path,
        headers: { Host: 'storefront', Connection: 'close' },
        createConnection: () => connection,
      };
      request(options, resolve).on('error', reject).end();
    });
    let text = '';
    for await (const chunk of response) text += String(chunk);
    return text;
  };

  it('builds, tests, pushes, applies and watches until exactly the pushed digest runs and answers', async () => {
    const state = await ship(intentFor('1.4.0'));
    assert.equal(state.status, 'done', JSON.stringify(state.failure));
    const digest = state.digests[reference('1.4.0')];
    assert.match(digest ?? '', /^sha256:[0-9a-f]{64}$/);
    assert.deepEqual(await runningDigests(), [digest]);
    assert.equal((await pods()).length, 2);
    for (const pod of await pods()) assert.match(await fetchFrom(pod, '/index.html'), /storefront 1\.4\.0/);
  });

  it('ships the next version and ends when no pod of the old one is left', async () => {
    const former = (await pods()).map(({ metadata }) => metadata.name);
    const state = await ship(intentFor('1.4.1'));
    assert.equal(state.status, 'done', JSON.stringify(state.failure));
    const now = await pods();
    assert.deepEqual(
      now.filter(({ metadata }) => former.includes(metadata.name)),
      [],
    );
    assert.deepEqual(await runningDigests(), [state.digests[reference('1.4.1')]]);
    assert.match(await fetchFrom(now[0] ?? assert.fail('no pod'), '/index.html'), /storefront 1\.4\.1/);
    assert.equal(state.steps.at(-1)?.rollout?.progress.revision, 2);
    const states = state.steps[1]?.build?.steps.map(({ state: step }) => step) ?? [];
    assert.ok(states.includes('done'), 'the version is a build argument, so the site was built anew');
  });

  it('refuses to ship a version that is there already', async () => {
    writeFileSync(join(source, 'public/new.txt'), 'new');
    const state = await ship(intentFor('1.4.1'));
    assert.equal(state.failure?.kind, 'exists');
    assert.equal(state.steps[1]?.status, 'skipped');
  });

  it('says that an image does not exist at the manifest’s line, and goes back to the former digest', async () => {
    const former = await runningDigests();
    const broken = intentFor('1.4.2', {
      documents: documents((text) => text.replace(/storefront:1\.4\.0/, 'storefront:9.9.9')),
    });
    const images = [{ repository, reference: reference('9.9.9'), pinDigest: false }];
    const state = await ship({ deploy: { ...(broken.deploy ?? assert.fail()), images } });
    assert.equal(state.failure?.kind, 'rollout');
    assert.match(state.failure.message, /^ErrImagePull: Image \S+storefront:9\.9\.9 cannot be pulled/);
    assert.match(state.failure.said, /not found/);
    assert.match(cluster.failedLine(state), /^image: registry\.example\.com\/shop\/storefront:9\.9\.9/);
    const remains = state.steps.at(-1)?.remains.join() ?? '';
    assert.match(remains, /taken back to revision 2 and runs it/);
    assert.deepEqual(await runningDigests(), former);
    assert.match(await fetchFrom((await pods())[0] ?? assert.fail('no pod'), '/index.html'), /storefront 1\.4\.1/);
  });

  it('reads logs, runs commands with their exit code, and says when a port does not answer', async () => {
    const pod = (await pods())[0] ?? assert.fail('no pod');
    const stdout = new PassThrough();
    const stderr = new PassThrough();
    const texts = [stdout, stderr].map(async (stream) => {
      let text = '';
      for await (const chunk of stream) text += String(chunk);
      return text;
    });
    const command = ['sh', '-c', 'echo out; echo err >&2; exit 4'];
    const target = { namespace: 'shop', pod: pod.metadata.name, container: 'storefront' };
    assert.equal(await cluster.admin.exec({ ...target, command, stdout, stderr }, cluster.signal), 4);
    assert.deepEqual(await Promise.all(texts), ['out\n', 'err\n']);
    const connection = await cluster.admin.portForward('shop', pod.metadata.name, 9, cluster.signal);
    const error = await new Promise<Error>((resolve) => {
      connection.on('error', resolve);
      connection.write('hello');
    });
    assert.match(error.message, /refused/);
    await assert.rejects(
      cluster.admin.exec({ ...target, command: ['true'], pod: 'none', stdout: new PassThrough() }, cluster.signal),
      (failure: Failure) => failure.kind === 'not-found' || failure.kind === 'unreachable',
    );
  });

  describe('real failures', () => {
    const broken = (name: string, container: object, more: object = {}): object => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name },
      spec: {
        replicas: 1,
        progressDeadlineSeconds: 10,
        selector: { matchLabels: { app: name } },
        template: {
          metadata: { labels: { app: name } },
          spec: {
            terminationGracePeriodSeconds: 1,
            containers: [{ name: 'web', image: reference('1.4.1'), ...container }],
            ...more,
          },
        },
      },
    });
    const sleeper = { command: ['sleep', '3600'], securityContext: { runAsUser: 10001 } };
    const memory = { limits: { memory: '16Mi' } };
    const cases: [name: string, object: () => object, message: RegExp, said: RegExp, line: RegExp][] = [
      [
        'crash',
        () => broken('crash', { command: ['sh', '-c', 'echo starting; echo no database at db:5432; exit 3'] }),
        /^CrashLoopBackOff: Container web of pod crash-\S+ ended with exit code 3/,
        /Last log line: no database at db:5432/,
        /^command:/,
      ],
      [
        'secret',
        () =>
          broken('secret', {
            ...sleeper,
            env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'absent', key: 'k' } } }],
          }),
        /^CreateContainerConfigError: Container web/,
        /secret "absent" not found/,
        /^name: absent/,
      ],
      [
        'memory',
        () =>
          broken('memory', {
            command: ['sh', '-c', 'sleep 1; x=$(head -c 100000000 /dev/zero | tr "\\0" a); echo $x'],
            resources: memory,
          }),
        /^OOMKilled: Container web of pod memory-\S+ needed more memory/,
        /^/,
        /^memory: 16Mi/,
      ],
      [
        'probe',
        () => broken('probe', { ...sleeper, readinessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 1 } }),
        /^ProbeFailing: The readinessProbe of container web/,
        /connection refused/,
        /^readinessProbe:/,
      ],
      [
        'request',
        () => broken('request', { ...sleeper, resources: { requests: { cpu: '900' } } }),
        /^Unschedulable: No node can take pod request-/,
        /Insufficient cpu/,
        /^cpu: "900"/,
      ],
    ];
    cases.push(
      [
        'init',
        () =>
          broken('init', sleeper, {
            initContainers: [
              {
                name: 'migrate',
                image: reference('1.4.1'),
                command: ['sh', '-c', 'echo no table carts; exit 7'],
                securityContext: { runAsUser: 10001 },
              },
            ],
          }),
        /^CrashLoopBackOff: Init container migrate of pod init-\S+ ended with exit code 7/,
        /Last log line: no table carts/,
        /^command:/,
      ],
      [
        'hook',
        () => broken('hook', { ...sleeper, lifecycle: { postStart: { exec: { command: ['sh', '-c', 'exit 5'] } } } }),
        /^HookFailed: The postStart hook of container web of pod hook-\S+ fails/,
        /(?:exited with 5|PostStartHook|postStart)/i,
        /^postStart:/,
      ],
    );
    for (const [name, object, message, said, line] of cases) {
      it(`${name}: told in words, at its line`, async () => {
        await cluster.namespace(`real-${name}`);
        const manifest = cluster.manifest(object());
        const watch = { timeoutMilliseconds: 120_000, undoOnFailure: false };
        const deploy = { context: adminContext, namespace: `real-${name}`, documents: manifest, watch };
        const state = await cluster.deliver({ deploy });
        assert.match(state.failure?.message ?? '', message);
        assert.match(state.failure?.said ?? '', said);
        assert.match(cluster.failedLine(state), line);
        await cluster.controlPlane.kubectl(['delete', 'namespace', `real-${name}`, '--wait=false']);
      });
    }
  });
});
