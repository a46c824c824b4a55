import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { applicationSource } from '../../client/src/adapters/applicationSource.ts';
import { type ApplicationChange, applicationDiff } from '../../client/src/cluster/applicationDiff.ts';
import type { ArgoApplication } from '../../client/src/cluster/argoApplication.ts';
import type { Failure } from '../../client/src/cluster/failure.ts';
import type { KubeObject } from '../../client/src/cluster/kubeObject.ts';
import { startControlPlane } from '../environment/controlPlane/controlPlane.ts';
import { applyCustomResourceDefinitions } from '../environment/crds/customResourceDefinitions.ts';
import { needTier } from '../environment/needTier.ts';
import { toolPath } from '../environment/tools/tools.ts';
import { TestCluster } from './testCluster.ts';

const REPOSITORY = 'https://git.example.com/shop/deploy.git';

/** The definitions are the real ones; the test plays the controller's part. */
describe('The diff of an Argo CD application on a real API server', function () {
  this.timeout(90_000);
  let cluster: TestCluster;
  let clone: string;

  before(async function () {
    this.timeout(1_200_000);
    await needTier(this, 'kubernetes');
    cluster = new TestCluster(await startControlPlane({ nodes: 0 }));
    await applyCustomResourceDefinitions(cluster.controlPlane, ['argo-cd']);
  });

  after(async () => {
    cluster?.dispose();
    await cluster?.controlPlane.stop();
  });

  beforeEach(() => {
    clone = mkdtempSync(join(cluster.folder, 'clone-'));
    execFileSync('git', ['init', '--quiet'], { cwd: clone });
    execFileSync('git', ['remote', 'add', 'origin', 'git@git.example.com:shop/deploy'], { cwd: clone });
  });

  const write = (path: string, ...objects: object[]): void => {
    const file = join(clone, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, objects.map((each) => (typeof each === 'string' ? each : stringify(each))).join('---\n'));
  };
  const writeText = (path: string, text: string): void => {
    mkdirSync(dirname(join(clone, path)), { recursive: true });
    writeFileSync(join(clone, path), text);
  };

  const web = (image: string, spec: object = {}, env: readonly object[] = []): KubeObject => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      ...spec,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { containers: [{ name: 'web', image, ...(env.length > 0 ? { env } : {}) }] },
      },
    },
  });
  const settings = (data: object, name = 'settings'): KubeObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name },
    data,
  });

  /** Creates the application, and applies objects as its controller does. */
  async function application(
    namespace: string,
    source: object,
    applied: readonly KubeObject[],
    { spec = {}, flags = [] }: { spec?: object; flags?: readonly string[] } = {},
  ): Promise<ArgoApplication> {
    await cluster.namespace(namespace);
    const marked = applied.map((object) => {
      const group = object.apiVersion.includes('/') ? object.apiVersion.split('/')[0] : '';
      const id = `shop:${group}/${object.kind}:${namespace}/${object.metadata.name}`;
      return { ...object, metadata: { ...object.metadata, annotations: { 'argocd.argoproj.io/tracking-id': id } } };
    });
    if (marked.length > 0) {
      const text = marked.map((object) => stringify(object)).join('---\n');
      const args = ['-n', namespace, 'apply', '--field-manager=argocd-controller', ...flags, '-f', '-'];
      await cluster.controlPlane.kubectl(args, { input: text });
    }
    const path = `/apis/argoproj.io/v1alpha1/namespaces/${namespace}/applications`;
    const destination = { server: 'https://kubernetes.default.svc', namespace };
    const object = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'shop' },
      spec: {
        project: 'default',
        source: { repoURL: REPOSITORY, targetRevision: 'main', ...source },
        destination,
        ...spec,
      },
    };
    await cluster.admin.create(path, object, cluster.signal);
    const resources = marked.map(({ apiVersion, kind, metadata }) => ({
      ...(apiVersion.includes('/') ? { group: apiVersion.split('/')[0] } : {}),
      version: apiVersion.split('/').at(-1),
      kind,
      namespace,
      name: metadata.name,
      status: 'Synced',
    }));
    const status = { resources, sync: { status: 'Synced', comparedTo: { source: object.spec.source, destination } } };
    await cluster.admin.patch(`${path}/shop`, { status }, { type: 'merge' }, cluster.signal);
    return (await cluster.admin.get(`${path}/shop`, cluster.signal)) as ArgoApplication;
  }

  const sourceOf = async (found: ArgoApplication, trusted = true): Promise<readonly KubeObject[]> => {
    const tools = { environment: process.env, trusted, helm: toolPath('helm') };
    const { documents } = await applicationSource(found, [clone], cluster.admin, tools, cluster.signal);
    return documents.map(({ object }) => object);
  };
  const diff = async (found: ArgoApplication): Promise<ApplicationChange[]> =>
    applicationDiff(cluster.admin, found, await sourceOf(found), cluster.signal);
  const told = (changes: readonly ApplicationChange[]): string[] =>
    changes.map(({ change, kind, name }) => `${kind} ${name}: ${change}`).sort();
  const changedLines = (changes: readonly ApplicationChange[], name: string): string[] =>
    (changes.find((each) => each.name === name)?.diff?.lines ?? [])
      .filter((line) => /^[-+]/.test(line))
      .map((line) => `${line[0]}${line.slice(1).trim()}`);
  const refusal = (work: Promise<unknown>): Promise<Failure> =>
    work.then(
      () => assert.fail('it was not refused'),
      (error: Failure) => error,
    );

  for (const [how, flags] of [
    ['a client', []],
    ['the server', ['--server-side']],
  ] as const) {
    it(`tells what a sync would change of what was applied by ${how}, also what is taken away`, async () => {
      const namespace = `plain-${flags.length}`;
      const env = [
        { name: 'COLOUR', value: 'blue' },
        { name: 'DEBUG', value: 'true' },
      ];
      const before = [
        web('shop/web:1', {}, env),
        settings({ a: '1', b: '2' }),
        settings({}, 'old'),
        settings({ x: '1' }, 'same'),
      ];
      const found = await application(namespace, { path: 'deploy' }, before, { flags });
      write('deploy/all.yaml', ...before);
      assert.deepEqual(
        (await diff(found)).filter(({ change }) => change !== 'unchanged'),
        [],
        'nothing differs at first',
      );
      write(
        'deploy/all.yaml',
        web('shop/web:2', {}, env.slice(0, 1)),
        settings({ a: '1' }),
        settings({ x: '1' }, 'same'),
      );
      write('deploy/new.yaml', settings({ y: '1' }, 'new'));
      writeText('deploy/notes.yaml', 'just: notes\n');
      const hook = settings({}, 'hook');
      write('deploy/hook.yaml', {
        ...hook,
        metadata: { name: 'hook', annotations: { 'argocd.argoproj.io/hook': 'PreSync' } },
      });
      await cluster.controlPlane.kubectl(['-n', namespace, 'label', 'configmap/same', 'team=shop']);
      const changes = await diff(found);
      assert.deepEqual(told(changes), [
        'ConfigMap new: create',
        'ConfigMap old: delete',
        'ConfigMap same: unchanged',
        'ConfigMap settings: update',
        'Deployment web: update',
      ]);
      assert.deepEqual(changedLines(changes, 'web'), [
        '-- name: DEBUG',
        '-value: "true"',
        '-image: shop/web:1',
        '+image: shop/web:2',
      ]);
      assert.deepEqual(changedLines(changes, 'settings'), ['-b: "2"']);
      assert.deepEqual(changedLines(changes, 'old').slice(0, 2), ['-apiVersion: v1', '-kind: ConfigMap']);
      const live = await cluster.admin.get(`/api/v1/namespaces/${namespace}/configmaps/settings`, cluster.signal);
      assert.deepEqual(live['data'], { a: '1', b: '2' }, 'nothing is written');
    });
  }

  it('sees drift, leaves alone what the application ignores, and shows no value of a Secret', async () => {
    const secret = (password: string): KubeObject => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'db' },
      stringData: { password },
    });
    const before = [web('shop/web:1', { replicas: 2 }), secret('hunter2')];
    const ignoreDifferences = [{ group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/replicas'] }];
    const found = await application('drift', { path: 'deploy' }, before, { spec: { ignoreDifferences } });
    write('deploy/all.yaml', ...before);
    assert.deepEqual(told(await diff(found)), ['Deployment web: unchanged', 'Secret db: unchanged']);
    await cluster.controlPlane.kubectl(['-n', 'drift', 'scale', 'deployment/web', '--replicas=5']);
    await cluster.controlPlane.kubectl(['-n', 'drift', 'set', 'image', 'deployment/web', 'web=shop/web:9']);
    write('deploy/all.yaml', before[0]!, secret('hunter3'));
    const changes = await diff(found);
    assert.deepEqual(changedLines(changes, 'web'), ['-image: shop/web:9', '+image: shop/web:1']);
    assert.equal(changes.find(({ kind }) => kind === 'Secret')?.change, 'update');
    const text = JSON.stringify(changes);
    for (const value of ['hunter2', 'hunter3']) {
      assert.ok(!text.includes(value) && !text.includes(Buffer.from(value).toString('base64')), `${value} is shown`);
    }
  });

  it('takes away of annotations what was applied before, and leaves those of others', async () => {
    const found = await application('others', { path: 'deploy' }, []);
    const before = { ...settings({ a: '1' }), metadata: { name: 'settings', annotations: { applied: 'first' } } };
    await cluster.controlPlane.kubectl(['-n', 'others', 'apply', '-f', '-'], { input: stringify(before) });
    await cluster.controlPlane.kubectl(['-n', 'others', 'annotate', 'configmap/settings', 'of-others=second']);
    write('deploy/all.yaml', settings({ a: '1' }));
    assert.deepEqual(changedLines(await diff(found), 'settings'), ['-applied: first']);
  });

  it('makes folders below, kustomizations with the settings of the source, and charts by helm', async () => {
    write('deep/a/web.yaml', web('shop/web:1'));
    write('deep/b/skip.yaml', settings({}, 'skipped'));
    const deep = await application('deep', { path: 'deep', directory: { recurse: true, exclude: 'b/*' } }, []);
    assert.deepEqual(told(await diff(deep)), ['Deployment web: create']);

    write('base/web.yaml', web('shop/web:1'));
    write('base/kustomization.yaml', { resources: ['web.yaml'] });
    const kustomize = { images: ['shop/web:7'], namePrefix: 'eu-', commonLabels: {} };
    const overlay = await application('overlay', { path: 'base', kustomize }, []);
    const built = await diff(overlay);
    assert.deepEqual(told(built), ['Deployment eu-web: create']);
    assert.match(built[0]?.diff?.after ?? '', /image: shop\/web:7/);

    writeText('chart/Chart.yaml', 'apiVersion: v2\nname: shop\nversion: 0.1.0\n');
    writeText('chart/values.yaml', 'colour: blue\nsize: small\nlist: none\ntaste: sweet\n');
    writeText('chart/values-eu.yaml', 'colour: green\n');
    writeText(
      'chart/templates/settings.yaml',
      [
        'apiVersion: v1',
        'kind: ConfigMap',
        'metadata: { name: "{{ .Release.Name }}", namespace: "{{ .Release.Namespace }}" }',
        'data:',
        '  seen: "{{ .Values.colour }} {{ .Values.size }} {{ .Values.list }} {{ .Values.taste }}"',
        '  argo: "{{ .Capabilities.APIVersions.Has "argoproj.io/v1alpha1/Application" }}"',
        '',
      ].join('\n'),
    );
    const helm = {
      releaseName: 'eu',
      valueFiles: ['values-eu.yaml', 'gone.yaml'],
      ignoreMissingValueFiles: true,
      valuesObject: { size: 'large' },
      parameters: [{ name: 'list', value: 'a,b' }],
    };
    const charted = await diff(await application('charted', { path: 'chart', helm }, []));
    assert.deepEqual(told(charted), ['ConfigMap eu: create']);
    const after = charted[0]?.diff?.after ?? '';
    assert.match(after, /seen: green large a,b sweet\n/);
    assert.match(after, /argo: "true"/);
  });

  it('says plainly why there is no diff', async () => {
    write('deploy/web.yaml', web('shop/web:1'));
    const why = async (source: object, more: object = {}): Promise<string> => {
      const object = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'shop' } };
      const spec = { source: { repoURL: REPOSITORY, path: 'deploy', ...source }, ...more };
      return (await refusal(sourceOf({ ...object, spec } as ArgoApplication))).message;
    };
    assert.match(
      await why({ repoURL: 'https://git.example.com/other' }),
      /No folder of this workspace is a clone of https:\/\/git/,
    );
    assert.match(await why({ path: undefined, chart: 'redis' }), /Its chart redis comes from/);
    assert.match(await why({ plugin: { name: 'cdk8s' } }), /made by a plugin/);
    assert.match(await why({ path: 'nowhere' }), /no folder nowhere/);
    assert.match(await why({ path: '../elsewhere' }), /leads out of the repository/);
    assert.match(await why({}, { sourceHydrator: {} }), /renders its source into another branch/);
    write('base/kustomization.yaml', { resources: ['../deploy/web.yaml'] });
    assert.match(await why({ path: 'base', kustomize: { components: ['../x'] } }), /does not carry out components/);
    writeText('chart/Chart.yaml', 'apiVersion: v2\nname: shop\nversion: 0.1.0\n');
    assert.match(
      await why({ path: 'chart', helm: { valueFiles: ['$values/prod.yaml'] } }),
      /is not in this repository/,
    );
    assert.match(
      await why({ path: 'chart', helm: { values: 'a: $ARGOCD_APP_NAME' } }),
      /variables that Argo CD fills in/,
    );
    const chart = { metadata: { name: 'shop' }, spec: { source: { repoURL: REPOSITORY, path: 'chart' } } };
    assert.equal((await refusal(sourceOf(chart as ArgoApplication, false))).kind, 'untrusted');
    rmSync(join(clone, '.git'), { recursive: true });
    assert.match(await why({}), /No folder of this workspace is a clone/);
  });
});
