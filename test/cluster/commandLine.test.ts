import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { systemClock } from '../../client/src/adapters/clock.ts';
import { startControlPlane } from '../environment/controlPlane/controlPlane.ts';
import { needTier } from '../environment/needTier.ts';
import { type ProgramRun, startSlipway } from './programRun.ts';
import { adminContext, deploymentOf, TestCluster } from './testCluster.ts';

describe('slipway ship and slipway rollout on a real API server', function () {
  this.timeout(120_000);
  let cluster: TestCluster;
  let folder: string;

  before(async function () {
    this.timeout(1_200_000);
    await needTier(this, 'kubernetes');
    cluster = new TestCluster(await startControlPlane({ nodes: 2 }));
  });

  beforeEach(() => {
    folder = mkdtempSync(join(cluster.folder, 'work-'));
  });

  after(async () => {
    cluster?.dispose();
    await cluster?.controlPlane.stop();
  });

  const write = (name: string, ...objects: (object | string)[]): string => {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(
      file,
      objects.map((object) => (typeof object === 'string' ? object : stringify(object))).join('---\n'),
    );
    return file;
  };
  const start = (...args: string[]): ProgramRun => startSlipway(args, cluster.controlPlane.environment, folder);
  const slipway = (...args: string[]) => start(...args).ended;
  const to = (namespace: string): string[] => ['--context', adminContext, '--namespace', namespace];
  const imageOf = async (namespace: string, name = 'web'): Promise<string> =>
    cluster.controlPlane.kubectl([
      'get',
      `deployment/${name}`,
      '-n',
      namespace,
      '-o',
      'jsonpath={.spec.template.spec.containers[0].image}',
    ]);

  it('reviews without a change, ships, tells status and history, and takes back', async () => {
    const namespace = await cluster.namespace('cli-way');
    write('web.yaml', deploymentOf('web', 'shop/web:1'));
    const review = await slipway('ship', ...to(namespace), '--review', '.');
    assert.equal(review.exitCode, 0, review.stderr);
    assert.match(review.stdout, /Deployment cli-way\/web: create\n/);
    assert.match(review.stdout, /\+ {2}name: web/);
    await assert.rejects(imageOf(namespace), /not found/);

    const first = await slipway('ship', ...to(namespace), '--yes', '.');
    assert.equal(first.exitCode, 0, first.stderr);
    assert.match(first.stdout, /Applied Deployment cli-way\/web on slipway-admin/);
    assert.match(first.stdout, /revision 1 runs shop\/web:1/);

    write('web.yaml', deploymentOf('web', 'shop/web:2'));
    const second = await slipway('ship', ...to(namespace), '--yes', 'web.yaml');
    assert.equal(second.exitCode, 0, second.stderr);
    assert.match(second.stdout, /-\s+image: shop\/web:1\n\s+\+\s+image: shop\/web:2/);

    const status = await slipway('rollout', 'status', ...to(namespace), 'deploy/web');
    assert.equal(status.exitCode, 0, status.stderr);
    assert.match(
      status.stdout,
      /^Deployment cli-way\/web, revision 2: done\n2 of 2 new pods ready, 2 available, 0 old/,
    );
    const history = await slipway('rollout', 'history', ...to(namespace), 'deployment/web');
    assert.equal(history.stdout, '  1  shop/web:1\n* 2  shop/web:2\n');

    const undone = await slipway('rollout', 'undo', ...to(namespace), '--yes', 'Deployment/web');
    assert.equal(undone.exitCode, 0, undone.stderr);
    assert.equal(await imageOf(namespace), 'shop/web:1');
  });

  it('fails with the reason, the line and exit code 1, and takes the rollout back when told to', async () => {
    const namespace = await cluster.namespace('cli-fails');
    write('web.yaml', deploymentOf('web', 'shop/web:1'));
    assert.equal((await slipway('ship', ...to(namespace), '--yes', 'web.yaml')).exitCode, 0);
    const file = write('web.yaml', '# the shop\n', deploymentOf('web', 'shop/web:2-bad-pull'));
    const failed = await slipway('ship', ...to(namespace), '--yes', '--undo-on-failure', 'web.yaml');
    assert.equal(failed.exitCode, 1);
    assert.match(failed.stderr, /ErrImagePull: Image shop\/web:2-bad-pull cannot be pulled/);
    assert.match(failed.stderr, /taken back to revision 1 and runs it/);
    const line = /at web\.yaml:(\d+)/.exec(failed.stderr)?.[1];
    assert.match(readFileSync(file, 'utf8').split('\n')[Number(line) - 1] ?? '', /image: shop\/web:2-bad-pull/);
    assert.equal(await imageOf(namespace), 'shop/web:1');
  });

  it('tells a rollout that is not done in time by exit code 4, and goes on watching it later', async () => {
    const namespace = await cluster.namespace('cli-late');
    const slowly = { metadata: { labels: { app: 'web' }, annotations: { 'slipway.test/ready-after': '12s' } } };
    write('web.yaml', deploymentOf('web', 'shop/web:1', {}, slowly));
    const late = await slipway('ship', ...to(namespace), '--yes', '--timeout', '2s', 'web.yaml');
    assert.equal(late.exitCode, 4, late.stderr);
    assert.match(late.stderr, /was not done after 2 seconds/);
    const status = await slipway('rollout', 'status', ...to(namespace), 'deploy/web');
    assert.equal(status.exitCode, 4, status.stdout);
    assert.match(status.stdout, /waiting for 2 new pods to become ready/);
    const watched = await slipway('rollout', 'watch', ...to(namespace), 'deploy/web');
    assert.equal(watched.exitCode, 0, watched.stderr);
  });

  it('outlasts a machine that sleeps: the time it slept is not taken for the rollout’s', async () => {
    const namespace = await cluster.namespace('cli-sleep');
    const slowly = { metadata: { labels: { app: 'web' }, annotations: { 'slipway.test/ready-after': '30s' } } };
    write('web.yaml', deploymentOf('web', 'shop/web:1', {}, slowly));
    const run = start('ship', ...to(namespace), '--yes', '--timeout', '25s', '--format', 'json', 'web.yaml');
    await run.until((events) => events.some(({ type }) => type === 'rollout'));
    run.child.kill('SIGSTOP');
    await systemClock.sleep(40_000, cluster.signal);
    run.child.kill('SIGCONT');
    const { exitCode, stdout } = await run.ended;
    assert.equal(exitCode, 0, stdout.slice(-500));
  });

  it('changes nothing without a yes where there is no terminal', async () => {
    const namespace = await cluster.namespace('cli-no-yes');
    write('web.yaml', deploymentOf('web', 'shop/web:1'));
    const refused = await slipway('ship', ...to(namespace), 'web.yaml');
    assert.equal(refused.exitCode, 3);
    assert.match(refused.stderr, /There is no terminal to ask for a yes/);
    await assert.rejects(imageOf(namespace), /not found/);
  });

  it('changes a protected context only when its name is given', async () => {
    const namespace = await cluster.namespace('cli-protected');
    write('deploy/web.yaml', deploymentOf('web', 'shop/web:1'));
    write('slipway.yaml', 'protectedContexts: [slipway-*]\n');
    for (const more of [[], ['--confirm-context', 'slipway-viewer']]) {
      const refused = await slipway('ship', ...to(namespace), '--yes', ...more, 'deploy');
      assert.equal(refused.exitCode, 3, refused.stderr);
      assert.match(refused.stderr, /Context slipway-admin is protected by the pattern slipway-\*/);
    }
    await assert.rejects(imageOf(namespace), /not found/);
    const done = await slipway('ship', ...to(namespace), '--yes', '--confirm-context', adminContext, 'deploy');
    assert.equal(done.exitCode, 0, done.stderr);
    const undo = await slipway('rollout', 'undo', ...to(namespace), '--yes', 'deploy/web');
    assert.equal(undo.exitCode, 3, undo.stderr);
    write('slipway.yaml', 'protectedContexts: [slipway-*\n');
    const broken = await slipway('ship', ...to(namespace), '--yes', 'deploy');
    assert.equal(broken.exitCode, 2, 'what a broken file protects is not known');
    assert.match(broken.stderr, /slipway\.yaml is not valid YAML/);
  });

  it('ends in good order on SIGINT and says what was left', async () => {
    const namespace = await cluster.namespace('cli-stop');
    const slowly = { metadata: { labels: { app: 'web' }, annotations: { 'slipway.test/ready-after': '60s' } } };
    write('web.yaml', deploymentOf('web', 'shop/web:1', {}, slowly));
    const run = start('ship', ...to(namespace), '--yes', '--format', 'json', 'web.yaml');
    await run.until((events) => events.some(({ type }) => type === 'rollout'));
    run.child.kill('SIGINT');
    const { exitCode, stdout, stderr } = await run.ended;
    assert.equal(exitCode, 130, stderr);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.deepEqual(
      [lines.at(-1)?.['type'], lines.at(-1)?.['status'], lines.at(-1)?.['exitCode']],
      ['ended', 'cancelled', 130],
    );
    assert.match(String(lines.at(-2)?.['remains']), /The rollout of Deployment cli-stop\/web goes on/);
  });

  it('prints every event as a line of JSON, and no Secret', async () => {
    const namespace = await cluster.namespace('cli-json');
    const stringData = { password: 'sesame-opens' };
    write('db.yaml', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db' }, stringData });
    const { exitCode, stdout, stderr } = await slipway('ship', ...to(namespace), '--yes', '--format', 'json', '.');
    assert.equal(exitCode, 0, stderr);
    const types = stdout
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { type: string }).type);
    assert.deepEqual(types, [
      'planned',
      'step-started',
      'reviewed',
      'step-finished',
      'step-started',
      'applied',
      'step-finished',
      'ended',
    ]);
    for (const value of ['sesame-opens', Buffer.from('sesame-opens').toString('base64')]) {
      assert.ok(!`${stdout}${stderr}`.includes(value));
    }
  });

  it('deploys a Kustomize overlay with a base beside it, and points into the base when its rollout fails', async () => {
    const namespace = await cluster.namespace('cli-overlay');
    write('base/web.yaml', deploymentOf('web', 'shop/web:1'));
    write('base/kustomization.yaml', 'resources: [web.yaml]\n');
    const overlay = (tag: string): string =>
      write(
        'overlays/live/kustomization.yaml',
        `resources: [../../base]\nnamespace: ${namespace}\nimages:\n  - name: shop/web\n    newTag: ${tag}\nreplicas:\n  - name: web\n    count: 1\n`,
      );
    overlay('2');
    const done = await slipway('ship', ...to(namespace), '--yes', 'overlays/live');
    assert.equal(done.exitCode, 0, done.stderr);
    assert.equal(await imageOf(namespace), 'shop/web:2');
    overlay('3-bad-pull');
    const failed = await slipway('ship', ...to(namespace), '--yes', 'overlays/live');
    assert.equal(failed.exitCode, 1);
    assert.match(failed.stderr, /Image shop\/web:3-bad-pull cannot be pulled/);
    assert.match(failed.stderr, /at base\/web\.yaml:\d+/);
  });
});
