import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { HelmClient } from '../../client/src/adapters/helmClient.ts';
import type { DeliveryEvent } from '../../client/src/delivery/deliveryEvent.ts';
import type { DeliveryState } from '../../client/src/delivery/deliveryState.ts';
import type { ReleaseIntent } from '../../client/src/delivery/intent.ts';
import { uninstallReview } from '../../client/src/delivery/release/uninstallReview.ts';
import { startControlPlane } from '../environment/controlPlane/controlPlane.ts';
import { needTier } from '../environment/needTier.ts';
import { toolPath } from '../environment/tools/tools.ts';
import { startSlipway } from './programRun.ts';
import { adminContext, TestCluster } from './testCluster.ts';

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
spec:
  replicas: 1
  selector:
    matchLabels: { app: {{ .Release.Name }} }
  template:
    metadata:
      labels: { app: {{ .Release.Name }} }
    spec:
      terminationGracePeriodSeconds: 1
      containers:
        - name: web
          image: "shop/web:{{ .Values.tag }}"
`;

const TEST_JOB = `apiVersion: batch/v1
kind: Job
metadata:
  name: {{ .Release.Name }}-try
  annotations: { "helm.sh/hook": test }
spec:
  backoffLimit: 0
  activeDeadlineSeconds: 5
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: try
          image: shop/web:1
`;

describe('A Helm release on a real API server', function () {
  this.timeout(120_000);
  let cluster: TestCluster;
  let helm: HelmClient;
  let chart: string;

  before(async function () {
    this.timeout(1_200_000);
    await needTier(this, 'kubernetes');
    cluster = new TestCluster(await startControlPlane({ nodes: 1 }));
    const { environment, kubeconfig } = cluster.controlPlane;
    helm = new HelmClient({
      command: toolPath('helm'),
      environment: { ...process.env, ...environment },
      kubeconfigs: [kubeconfig.admin],
      trusted: true,
    });
  });

  beforeEach(() => {
    chart = join(mkdtempSync(join(cluster.folder, 'chart-')), 'shop');
    write('Chart.yaml', 'apiVersion: v2\nname: shop\nversion: 0.1.0\n');
    write('values.yaml', 'tag: "1"\npassword: first-sesame\n');
    write('templates/web.yaml', DEPLOYMENT);
    write(
      'templates/db.yaml',
      'apiVersion: v1\nkind: Secret\nmetadata:\n  name: {{ .Release.Name }}-db\nstringData:\n  password: {{ .Values.password }}\n',
    );
  });

  after(async () => {
    cluster?.dispose();
    await cluster?.controlPlane.stop();
  });

  const write = (name: string, text: string): void => {
    const file = join(chart, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  const deliver = (
    namespace: string,
    more: Partial<ReleaseIntent> = {},
    watch: (event: DeliveryEvent) => void = () => {},
    signal: AbortSignal = cluster.signal,
  ): Promise<DeliveryState> => {
    const release = { context: adminContext, namespace, name: 'web', chartFolder: chart, valuesFiles: [] };
    const undo = { timeoutMilliseconds: 60_000, undoOnFailure: true };
    return cluster.deliver({ release: { release, watch: undo, ...more } }, watch, { helm }, signal);
  };
  const assertDone = (state: DeliveryState): void => assert.equal(state.status, 'done', JSON.stringify(state.failure));
  const imageOf = (namespace: string): Promise<string> =>
    cluster.controlPlane.kubectl([
      ...['get', 'deployment/web', '-n', namespace],
      ...['-o', 'jsonpath={.spec.template.spec.containers[0].image}'],
    ]);
  const reviews = (state: DeliveryState): string[] =>
    (state.steps[0]?.reviews ?? []).map(({ kind, name, change }) => `${kind} ${name} ${change}`);

  it('is installed, upgraded after a diff of every object, and watched; no Secret is told', async () => {
    const namespace = await cluster.namespace('helm-way');
    const events: DeliveryEvent[] = [];
    const first = await deliver(namespace, {}, (event) => events.push(event));
    assertDone(first);
    assert.deepEqual(reviews(first), ['Secret web-db create', 'Deployment web create']);
    assert.equal(first.steps.at(-1)?.rollout?.progress.outcome.state, 'done');

    write('values.yaml', 'tag: "2"\npassword: second-sesame\n');
    write('templates/extra.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: extra\n');
    const second = await deliver(namespace, {}, (event) => events.push(event));
    assertDone(second);
    assert.deepEqual(reviews(second), ['Secret web-db update', 'ConfigMap extra create', 'Deployment web update']);
    const diff = second.steps[0]?.reviews.at(-1)?.diff?.lines.filter((line) => /^[-+]/.test(line));
    assert.deepEqual(diff, ['-          image: shop/web:1', '+          image: shop/web:2']);
    assert.equal(second.steps.at(-1)?.rollout?.progress.revision, 2);
    assert.equal(await imageOf(namespace), 'shop/web:2');
    for (const value of ['first-sesame', 'second-sesame']) assert.ok(!JSON.stringify(events).includes(value));

    write('templates/extra.yaml', '');
    const third = await deliver(namespace, { reviewOnly: true });
    assertDone(third);
    assert.deepEqual(reviews(third).at(-1), 'ConfigMap extra delete');
    assert.equal((await helm.current({ context: adminContext, namespace, name: 'web' }, cluster.signal))?.revision, 2);
  });

  it('whose pods fail goes back to the revision before, and points to the template', async () => {
    const namespace = await cluster.namespace('helm-back');
    assertDone(await deliver(namespace));
    write('values.yaml', 'tag: 2-bad-pull\npassword: a\n');
    const state = await deliver(namespace);
    assert.equal(state.failure?.kind, 'rollout');
    assert.match(state.failure.message, /^ErrImagePull: Image shop\/web:2-bad-pull/);
    assert.deepEqual(state.failure.places, [{ file: join(chart, 'templates/web.yaml') }]);
    assert.match(state.steps.at(-1)?.remains.join() ?? '', /taken back to revision 1 and runs it/);
    assert.equal(await imageOf(namespace), 'shop/web:1');
    write('values.yaml', 'tag: "3"\npassword: a\n');
    assertDone(await deliver(namespace));
  });

  it('that fails at its first install is taken away again, or stays where nobody asked for that', async () => {
    const namespace = await cluster.namespace('helm-first');
    write('values.yaml', 'tag: 1-bad-pull\npassword: a\n');
    const gone = await deliver(namespace);
    assert.match(gone.steps.at(-1)?.remains.join() ?? '', /never there before, and was taken away again/);
    await assert.rejects(imageOf(namespace), /not found/);
    const stays = await deliver(namespace, { watch: { timeoutMilliseconds: 60_000, undoOnFailure: false } });
    assert.match(stays.steps.at(-1)?.remains.join() ?? '', /stays at revision 1/);
    assert.equal(await imageOf(namespace), 'shop/web:1-bad-pull');
  });

  it('tells a hook that fails by its name, and goes back', async () => {
    const namespace = await cluster.namespace('helm-hook');
    assertDone(await deliver(namespace));
    write(
      'templates/migrate.yaml',
      'apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: migrate\n  annotations: { "helm.sh/hook": pre-upgrade }\nspec:\n  backoffLimit: 0\n  activeDeadlineSeconds: 2\n  template:\n    spec:\n      restartPolicy: Never\n      containers:\n        - name: migrate\n          image: shop/web:1-never-ready\n',
    );
    const state = await deliver(namespace);
    assert.equal(state.failure?.kind, 'rollout');
    assert.match(state.failure.message, /^HookFailed: A hook of release helm-hook\/web failed/);
    assert.match(state.failure.said, /pre-upgrade hooks failed: .*(?:job migrate failed|DeadlineExceeded)/s);
    assert.match(state.steps.at(-1)?.remains.join() ?? '', /taken back to revision 1/);
  });

  it('cancelled while its pods are watched says where it is; refused templates change nothing', async () => {
    const namespace = await cluster.namespace('helm-cancel');
    const stop = new AbortController();
    const state = await deliver(namespace, {}, (event) => event.type === 'rollout' && stop.abort(), stop.signal);
    assert.equal(state.status, 'cancelled');
    assert.match(state.steps.at(-1)?.remains.join() ?? '', /is at revision 1 in slipway-admin; only the watching/);
    write('templates/web.yaml', `${DEPLOYMENT}  nonsense: {{ .Values.none.deeper }}\n`);
    const refused = await deliver(namespace);
    assert.equal(refused.failure?.kind, 'invalid');
    assert.match(refused.failure.said, /nil pointer evaluating/);
    assert.equal(refused.steps[1]?.status, 'skipped');
  });

  it('tells its history, what was and what its test found, and goes away but for what is kept', async () => {
    const namespace = await cluster.namespace('helm-acts');
    const reference = { context: adminContext, namespace, name: 'web' };
    const kept = 'metadata: { name: kept, annotations: { helm.sh/resource-policy: keep } }';
    write('templates/kept.yaml', `apiVersion: v1\nkind: ConfigMap\n${kept}\n`);
    assertDone(await deliver(namespace));
    await assert.rejects(helm.test(reference, 20_000, cluster.signal), /Release helm-acts\/web has no tests/);
    write('values.yaml', 'tag: "2"\npassword: a\n');
    write('templates/try.yaml', TEST_JOB);
    assertDone(await deliver(namespace));

    const releases = await helm.releases(adminContext, namespace, cluster.signal);
    assert.deepEqual(releases, [{ name: 'web', status: 'deployed', chart: 'shop-0.1.0', revision: 2 }]);
    const history = await helm.history(reference, cluster.signal);
    assert.deepEqual(
      history.map(({ chart, revision, status }) => [revision, status, chart]),
      [
        [1, 'superseded', 'shop-0.1.0'],
        [2, 'deployed', 'shop-0.1.0'],
      ],
    );
    assert.match((await helm.atRevision(reference, 1, cluster.signal)).manifest, /shop\/web:1/);
    await assert.rejects(helm.atRevision(reference, 9, cluster.signal), /There is no release helm-acts\/web/);
    const tests = await helm.test(reference, 60_000, cluster.signal);
    assert.deepEqual(tests, [{ name: 'web-try', kind: 'Job', hasPassed: true }]);

    write('templates/try.yaml', TEST_JOB.replace('web:1', 'web:1-never-ready'));
    assertDone(await deliver(namespace));
    const failed = await helm.test(reference, 60_000, cluster.signal);
    assert.deepEqual(failed, [{ name: 'web-try', kind: 'Job', hasPassed: false }]);

    await helm.rollback(reference, 1, cluster.signal);
    assert.equal(await imageOf(namespace), 'shop/web:1');
    const { manifest, revision } = (await helm.current(reference, cluster.signal)) ?? {};
    assert.equal(revision, 4);
    const foretold = uninstallReview(manifest ?? '', namespace);
    assert.deepEqual(
      foretold.map(({ change, kind, name }) => `${kind} ${name} ${change}`),
      ['ConfigMap kept unchanged', 'Secret web-db delete', 'Deployment web delete'],
    );
    await helm.uninstall(reference, cluster.signal);
    await assert.rejects(imageOf(namespace), /not found/);
    const stays = await cluster.controlPlane.kubectl(['get', 'configmap/kept', '-n', namespace, '-o', 'name']);
    assert.match(stays, /configmap\/kept/);
    assert.deepEqual(await helm.releases(adminContext, namespace, cluster.signal), []);
    assert.deepEqual(await helm.history(reference, cluster.signal), []);
  });

  it('needs the name of a protected context, and a trusted workspace', async () => {
    const namespace = await cluster.namespace('helm-guard');
    const refused = await deliver(namespace, { protectedContexts: ['slipway-*'] });
    assert.equal(refused.failure?.kind, 'protected');
    const untrusted = new HelmClient({ command: 'helm', environment: {}, kubeconfigs: [], trusted: false });
    const reference = { context: adminContext, namespace, name: 'web' };
    await assert.rejects(untrusted.current(reference, cluster.signal), /Helm is not run here/);
    await assert.rejects(imageOf(namespace), /not found/);
  });

  it('is shipped from the command line', async () => {
    const namespace = await cluster.namespace('helm-cli');
    const programs = mkdtempSync(join(cluster.folder, 'bin-'));
    symlinkSync(toolPath('helm'), join(programs, 'helm'));
    const environment = {
      ...cluster.controlPlane.environment,
      PATH: `${programs}${delimiter}${process.env['PATH']}`,
    };
    write('live.yaml', 'tag: "7"\n');
    const to = ['--context', adminContext, '-n', namespace, '--yes', '--release', 'web', '--values', 'live.yaml', '.'];
    const { exitCode, stdout, stderr } = await startSlipway(['ship', ...to], environment, chart).ended;
    assert.equal(exitCode, 0, stderr);
    assert.match(stdout, /Deployment helm-cli\/web: create/);
    assert.match(stdout, /revision 1 runs shop\/web:7/);
    assert.ok(!`${stdout}${stderr}`.includes('first-sesame'));
    assert.equal(await imageOf(namespace), 'shop/web:7');
  });
});
