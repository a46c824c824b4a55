import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pod } from '../../client/src/cluster/pod.ts';
import { adminContext, TestCluster } from '../cluster/testCluster.ts';
import { startControlPlane } from '../environment/controlPlane/controlPlane.ts';
import { needTier } from '../environment/needTier.ts';
import { type RealNode, startNode } from '../environment/node/node.ts';
import { type BrowserSession, openBrowserSession } from '../harness/vscode/browserSession.ts';
import { copyWorkspace } from '../harness/vscode/copyWorkspace.ts';
import { eventually } from '../harness/vscode/eventually.ts';
import { npmStart, type StartedVscode } from '../harness/vscode/npmStart.ts';
import type { Problem } from '../harness/vscode/problem.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const MANIFEST = 'deploy/storefront/deployment.yaml';

/** A build or a rollout on a busy machine; what works comes much sooner. */
const DELIVERY_TIMEOUT_MILLISECONDS = 240_000;

/** A person ships one service of the shop to a real node, watches it, breaks it, and takes the break back. */
describe('a person who ships the storefront from a browser', function () {
  this.timeout(600_000);
  const folder = mkdtempSync(join(tmpdir(), 'slipway-ship-path-'));
  const workspace = join(folder, 'shop');
  let cluster: TestCluster | undefined;
  let node: RealNode | undefined;
  let started: StartedVscode | undefined;
  let session: BrowserSession | undefined;
  let image: string;
  let shippedDigests: readonly string[];

  const vscode = () => session?.window ?? assert.fail('no window is open');
  const manifest = () => readFileSync(join(workspace, MANIFEST), 'utf8');
  const isRollout = ({ code, file }: Problem) => code === 'rollout' && file === 'deployment.yaml';

  before(async function () {
    this.timeout(1_500_000);
    await needTier(this, 'node');
    cluster = new TestCluster(await startControlPlane({ nodes: 0 }));
    node = await startNode(cluster.controlPlane, { waitMilliseconds: 600_000 });
    await node.engine.importBaseImages(['busybox:1.36']);
    await cluster.namespace('shop');
    image = `${node.registry.inNode}/shop/storefront`;
    await copyWorkspace(join(ROOT, 'examples', 'shop'), workspace);
    writeFileSync(join(workspace, MANIFEST), manifest().replace('registry.example.com/shop/storefront', image));
    // As in a person's terminal: the variables choose the cluster and the engine. No other builder is known.
    const { DOCKER_CONFIG, DOCKER_HOST } = node.engine.environment;
    const BUILDX_CONFIG = join(folder, 'buildx');
    const profile = join(folder, 'profile');
    started = await npmStart(ROOT, ['--browser', '--trust', '--port', '0', '--profile', profile, workspace], {
      ...cluster.controlPlane.environment,
      ...{ BUILDX_CONFIG, DOCKER_CONFIG, DOCKER_HOST },
    });
    session = await openBrowserSession(started.address);
  });

  after(async function () {
    this.timeout(120_000);
    await session?.close();
    await started?.stop();
    await node?.stop();
    cluster?.dispose();
    await cluster?.controlPlane.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  // Each step stands on the one before: after a failure the remaining ones would only wait in vain.
  let failedStep: string | undefined;
  beforeEach(() => assert.equal(failedStep, undefined, 'an earlier step failed'));
  afterEach(async function () {
    if (this.currentTest?.state !== 'failed' || failedStep !== undefined) return;
    failedStep = this.currentTest.title;
    await session?.window.screenshot('ship-failed');
  });

  const pods = async (): Promise<readonly Pod[]> => {
    const selection = { labelSelector: 'app.kubernetes.io/name=storefront' };
    const { admin, signal } = cluster ?? assert.fail('no cluster');
    return (await admin.list('/api/v1/namespaces/shop/pods', selection, signal)).items as Pod[];
  };
  /** The digests that the node runs, each once; a pod without an image counts as an empty one. */
  const runningDigests = async (): Promise<readonly string[]> => {
    const statuses = (await pods()).flatMap(({ status }) => status?.containerStatuses ?? []);
    return [...new Set(statuses.map(({ imageID }) => imageID?.split('@')[1] ?? ''))];
  };
  /** Waits until a notification with these words stands still on the screen, and gives all that it says. */
  const waitForWords = async (words: string): Promise<string> => {
    const toasts = vscode().page.locator('.notification-toast.notification-fade-in-done', { hasText: words });
    // Found and read at once: a notification does not stay for ever.
    const seen = await eventually(
      `a notification with “${words}”`,
      () => toasts.locator('.notification-list-item-message').allInnerTexts(),
      ({ length }) => length > 0,
      DELIVERY_TIMEOUT_MILLISECONDS,
    );
    return seen[0] ?? assert.fail();
  };
  const waitForQuestion = (title: string) => vscode().quickInput.waitFor(title, DELIVERY_TIMEOUT_MILLISECONDS);

  it('finds the storefront and its manifests in the pipeline', async () => {
    await vscode().openView('Slipway', 'Pipeline');
    await vscode().waitForTree('Pipeline', (rows) => rows.some(({ parts }) => parts['label-name'] === 'storefront'));
    await vscode().toggleRow('Pipeline', 'storefront');
    await vscode().waitForTree('Pipeline', (rows) =>
      rows.some(
        ({ parts }) => parts['label-name'] === 'Kubernetes deployment' && parts['label-description'] === 'found',
      ),
    );
    await vscode().screenshot('ship-pipeline');
  });

  it('chooses service, version and cluster, and reviews before anything is written', async () => {
    await vscode().openFile(MANIFEST);
    await vscode().runCommand('Slipway: Ship');
    await vscode().quickInput.choose('storefront');
    await waitForQuestion('Ship storefront');
    await vscode().quickInput.choose('1.4.1');
    await vscode().quickInput.choose(adminContext);
    await waitForQuestion(`Review: context ${adminContext}, namespace shop`);
    const labels = (await vscode().quickInput.rows()).map(({ parts }) => parts['label-name'] ?? '');
    assert.ok(
      labels.some((label) => label.includes('Deployment')),
      labels.join(', '),
    );
    await vscode().screenshot('ship-review');
    assert.deepEqual(await pods(), [], 'a review writes nothing');
  });

  it('says yes and watches until the shipped image runs', async () => {
    await vscode().quickInput.choose(`to ${adminContext}`);
    await waitForWords('new pods ready');
    await vscode().screenshot('ship-watch');
    const outcome = await waitForWords('revision 1 is live');
    assert.match(
      outcome,
      /built \S+storefront:1\.4\.1, \d tests passed, pushed sha256:[0-9a-f]{12}, \d objects applied/,
    );
    await vscode().screenshot('ship-done');
    shippedDigests = await runningDigests();
    assert.equal(shippedDigests.length, 1, shippedDigests.join(', '));
    const pushed = /pushed (sha256:[0-9a-f]+)/.exec(outcome)?.[1] ?? assert.fail(outcome);
    assert.ok(shippedDigests[0]?.startsWith(pushed), `${shippedDigests[0]} is what was pushed, ${pushed}`);
  });

  it('breaks the image, and sees the break in the diff', async () => {
    // Escape, which closes the find widget, would close a notification instead.
    await vscode().runCommand('Notifications: Clear All Notifications');
    await vscode().openFile(MANIFEST);
    await vscode().select('storefront:1.4.0');
    await vscode().type('storefront:9.9.9');
    await vscode().save();
    assert.match(manifest(), /shop\/storefront:9\.9\.9\n/);
    await vscode().runCommand('Slipway: Deploy');
    await waitForQuestion(`Review: context ${adminContext}, namespace shop`);
    await vscode().quickInput.choose('Deployment');
    await vscode().page.locator('.monaco-diff-editor .modified-in-monaco-diff-editor .line-insert').first().waitFor();
    await waitForQuestion(`Review: context ${adminContext}, namespace shop`);
    await vscode().screenshot('ship-diff');
    await vscode().quickInput.choose(`to ${adminContext}`);
  });

  it('is told why the rollout fails, on the line that says so', async () => {
    await waitForWords('ErrImagePull');
    await vscode().openFile(MANIFEST);
    await vscode().filterProblems('deployment.yaml');
    const problems = await vscode().waitForProblems('the failed rollout', (all) => all.some(isRollout));
    const problem = problems.find(isRollout) ?? assert.fail();
    assert.equal(problem.severity, 'error');
    assert.match(problem.message, /storefront:9\.9\.9 cannot be pulled/);
    assert.equal(manifest().split('\n')[problem.line - 1]?.trim(), `image: ${image}:9.9.9`);
    await vscode().page.locator('.markers-panel .monaco-list-row', { hasText: 'cannot be pulled' }).click();
    await vscode().waitForSquiggles('error');
    await vscode().screenshot('ship-broken');
    const remaining = (await runningDigests()).filter((digest) => digest !== '');
    assert.deepEqual(remaining, shippedDigests, 'the former pods answer meanwhile');
  });

  it('undoes it by one click, and the shipped image runs alone again', async () => {
    await vscode().page.locator('.notifications-toasts .monaco-button', { hasText: 'Undo' }).click();
    await waitForWords('back to revision 1');
    await vscode().waitForProblems('no failed rollout', (all) => !all.some(isRollout));
    await eventually('only the shipped image', runningDigests, (digests) => digests.join() === shippedDigests.join());
    await vscode().screenshot('ship-undone');
  });
});
