import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeApiServer } from '../extension/suite/fakeApiServer.ts';
import { type BrowserSession, openBrowserSession } from '../harness/vscode/browserSession.ts';
import { eventually } from '../harness/vscode/eventually.ts';
import { npmStart, type StartedVscode } from '../harness/vscode/npmStart.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const CONTEXT = 'kind-questions';
const SHOP = '/api/v1/namespaces/shop';
const CART = '/apis/apps/v1/namespaces/shop/deployments/cart';

/** Distinctive, so that its traces can be looked for. */
const SECRET = 'open-sesame-4711';
const TYPED_SECRET = 'typed-sesame-0815';

const DOCKERFILE = `FROM registry.example.com/node:22
RUN --mount=type=secret,id=npm,required npm ci
RUN --mount=type=ssh git clone git@example.com:shop/cart.git
USER 1000
`;

/** A buildx that knows one builder, writes down what it is asked for, and builds nothing. */
const BUILDX = (folder: string): string => `#!/bin/sh
echo "$*" >> '${folder}/calls'
case "$*" in
  docker-cli-plugin-metadata) echo '{"SchemaVersion":"0.1.0","Vendor":"Tests","Version":"v0.20.0"}' ;;
  *version) echo github.com/docker/buildx v0.20.0 ;;
  *ls*) echo '{"Name":"farm","Driver":"kubernetes","Nodes":[{"Endpoint":"kubernetes:///farm","Status":"running"}]}' ;;
  *) echo 'ERROR: failed to build: the farm is closed' >&2; exit 1 ;;
esac
`;

const WORKLOAD = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'cart', namespace: 'shop', uid: 'uid-cart', resourceVersion: '1', generation: 1 },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'cart' } },
    template: { metadata: { labels: { app: 'cart' } } },
  },
  status: { observedGeneration: 1, replicas: 2, readyReplicas: 2, updatedReplicas: 2, availableReplicas: 2 },
};
const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'cart-1', namespace: 'shop', uid: 'uid-cart-1', resourceVersion: '1', labels: { app: 'cart' } },
  spec: { containers: [{ name: 'cart', ports: [{ containerPort: 80, name: 'http' }] }] },
  status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
};

/** One question of a command, and how a person answers it. */
interface Step {
  readonly question: string;
  answer(): Promise<void>;
}

/** What commands ask in the boxes of the editor: nothing happens before the last answer, and wrong ones are told there. */
describe('the questions of a build, of scaling and of forwarding a port', function () {
  this.timeout(600_000);
  const folder = mkdtempSync(join(tmpdir(), 'slipway-questions-'));
  const [workspace, profile, docker] = ['cart', 'profile', 'docker'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const server = new FakeApiServer();
  /** A container engine that has nothing. */
  const engine = createServer((_request, response) =>
    response.writeHead(404, { 'Content-Type': 'application/json' }).end('{"message":"No such image"}'),
  );
  let started: StartedVscode | undefined;
  let session: BrowserSession | undefined;
  const vscode = () => session?.window ?? assert.fail('no window is open');
  const ask = () => vscode().quickInput;
  const builds = (): string[] =>
    readFileSync(join(folder, 'calls'), 'utf8')
      .split('\n')
      .filter((call) => /(?:^| )build /.test(call));

  before(async () => {
    mkdirSync(workspace);
    writeFileSync(join(workspace, 'Dockerfile'), DOCKERFILE);
    mkdirSync(join(docker, 'cli-plugins'), { recursive: true });
    writeFileSync(join(folder, 'calls'), '');
    writeFileSync(join(docker, 'cli-plugins', 'docker-buildx'), BUILDX(folder));
    chmodSync(join(docker, 'cli-plugins', 'docker-buildx'), 0o755);
    await server.start();
    await new Promise<void>((resolve) => engine.listen(0, '127.0.0.1', resolve));
    server.put(CART, WORKLOAD);
    server.put(`${SHOP}/pods/cart-1`, POD);
    writeFileSync(join(folder, 'kubeconfig'), server.kubeconfig(CONTEXT, 'shop'));
    started = await npmStart(ROOT, ['--browser', '--trust', '--port', '0', '--profile', profile, workspace], {
      DOCKER_CONFIG: docker,
      DOCKER_HOST: `tcp://127.0.0.1:${(engine.address() as AddressInfo).port}`,
      KUBECONFIG: join(folder, 'kubeconfig'),
      NPM_TOKEN: SECRET,
      SSH_AUTH_SOCK: join(folder, 'agent.sock'),
    });
    session = await openBrowserSession(started.address);
  });
  after(async () => {
    await session?.close();
    await started?.stop();
    await server.stop();
    engine.closeAllConnections();
    engine.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Answers the questions of a command in order, but dismisses the one after `answered` of them. */
  async function walk(steps: readonly Step[], answered: number): Promise<void> {
    for (const [index, { answer, question }] of steps.entries()) {
      await ask().waitFor(question);
      if (index === answered) return ask().dismiss();
      await answer();
    }
  }
  /** Writes what is refused, sees the reason, and gives what is taken. */
  async function writeRightAtLast(wrong: string, reason: RegExp, right: string): Promise<void> {
    await ask().write(wrong);
    const { words } = await eventually(
      `the reason why ${wrong} is refused`,
      async () => (await ask().read()) ?? assert.fail('the box is gone'),
      (seen) => reason.test(seen.words),
    );
    assert.ok(!words.includes(TYPED_SECRET), words);
    await ask().accept();
    assert.equal((await ask().read())?.value, wrong, 'a wrong answer is not taken');
    await ask().write(right);
    await ask().accept();
  }

  const build: readonly Step[] = [
    {
      question: 'Under which name',
      answer: () => writeRightAtLast('Cart', /must be lowercase/, 'registry.example.com/shop/cart'),
    },
    { question: 'Which tag of registry.example.com/shop/cart', answer: () => ask().choose('Another tag') },
    { question: 'The tag of', answer: () => writeRightAtLast('1 0', /not a tag/, '1.0.0') },
    { question: 'Which builder', answer: () => ask().choose('farm') },
    { question: 'Where does the build secret npm come from', answer: () => ask().choose('A variable') },
    {
      question: 'The name of the variable',
      answer: () => writeRightAtLast(TYPED_SECRET, /has no variable of this name/, 'NPM_TOKEN'),
    },
    { question: 'The build connects by SSH (default)', answer: () => ask().choose('The SSH agent') },
  ];

  it('build nothing when any of them is dismissed', async () => {
    for (const answered of build.keys()) {
      await vscode().runCommand('Slipway: Build Image');
      // What was answered before comes first; here it is answered anew.
      await walk(build, answered);
    }
    assert.deepEqual(builds(), []);
  });

  it('build with what was answered', async () => {
    await vscode().runCommand('Slipway: Build Image');
    await walk(build, build.length);
    await eventually('the build', async () => builds().length > 0);
    const [call = '', ...others] = builds();
    assert.deepEqual(others, [], 'one build');
    assert.match(call, /--builder farm .*--tag registry\.example\.com\/shop\/cart:1\.0\.0 /);
    assert.match(call, /--secret id=npm,env=NPM_TOKEN --ssh default /);
  });

  it('offer first what was answered last time', async () => {
    await vscode().runCommand('Slipway: Build Image');
    await walk(build.slice(0, 3), 3);
    await ask().waitFor('Which builder');
    assert.equal((await ask().rows())[0]?.parts['label-name'], 'farm');
    await ask().accept();
    await ask().waitFor('Where does the build secret npm come from');
    const labels = (await ask().rows()).map(({ parts }) => parts['label-name']?.trim());
    assert.match(labels[0] ?? '', /Variable NPM_TOKEN$/);
    assert.ok(!labels.some((label) => label?.includes('Leave it out')), 'the Dockerfile requires it');
    await vscode().screenshot('build-questions');
    await ask().accept();
    await ask().waitFor('The build connects by SSH');
    await ask().dismiss();
    assert.equal(builds().length, 1);
  });

  it('leave no trace of a secret in logs, settings and state', () => {
    const files = readdirSync(profile, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const texts = files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    assert.ok(
      texts.some((text) => text.includes('the farm is closed')),
      'the log of Slipway is among them',
    );
    for (const secret of [SECRET, TYPED_SECRET]) {
      const found = files.filter((_file, index) => texts[index]?.includes(secret)).map(({ name }) => name);
      assert.deepEqual(found, [], secret);
      assert.ok(!(started?.output() ?? '').includes(secret));
    }
  });

  const inCluster = async (title: string): Promise<void> => vscode().chooseFromMenu('Cluster', 'cart', title);
  const scaling: readonly Step[] = [
    { question: 'How many pods', answer: () => writeRightAtLast('many', /The number of pods/, '5') },
    { question: 'Shall it be done', answer: () => ask().choose(`from 2 to 5`) },
  ];

  it('scale nothing when one is dismissed, or answered with a mere Enter, and what was answered otherwise', async () => {
    await vscode().openView('Slipway', 'Cluster');
    for (const label of [CONTEXT, 'shop', 'Workloads']) {
      await vscode().waitForTree('Cluster', (rows) => rows.some(({ parts }) => parts['label-name'] === label));
      const rows = await vscode().treeRows('Cluster');
      const row = rows.find(({ parts }) => parts['label-name'] === label);
      if (row?.expanded === false) await vscode().toggleRow('Cluster', label);
    }
    await vscode().waitForTree('Cluster', (rows) => rows.some(({ parts }) => parts['label-name'] === 'cart'));
    for (const answered of scaling.keys()) {
      await inCluster('Scale…');
      assert.equal((await ask().waitFor('How many pods')).value, '2', 'the present number');
      await walk(scaling, answered);
    }
    await inCluster('Scale…');
    await walk(scaling.slice(0, 1), 1);
    await ask().waitFor('Shall it be done');
    await ask().accept();
    assert.deepEqual(server.writes, []);
    await inCluster('Scale…');
    await walk(scaling, scaling.length);
    await eventually(
      'the write',
      async () => server.writes.map(({ body, path }) => `${path} ${body}`),
      (writes) => writes.length > 0,
    );
    assert.deepEqual(
      server.writes.map(({ body, path }) => [path, JSON.parse(body)]),
      [[`${CART}/scale`, { spec: { replicas: 5 } }]],
    );
  });

  it('forward no port when the question is dismissed, and the one that was answered otherwise', async () => {
    await inCluster('Forward Port…');
    assert.equal((await ask().waitFor('The port of this machine')).value, '8080', 'none of the system’s own');
    await ask().dismiss();
    await inCluster('Forward Port…');
    await ask().waitFor('The port of this machine');
    await writeRightAtLast('65536', /number up to 65535/, '0');
    await vscode().waitForNotification(`leads to Deployment shop/cart on ${CONTEXT}`);
    // The number of them: the dismissed one never began.
    await vscode().waitForTree('Cluster', ([forwards]) => forwards?.text === 'Forwarded Ports1');
    await vscode().screenshot('port-forward');
    await inCluster('Forward Port…');
    assert.equal((await ask().waitFor('The port of this machine')).value, '0', 'what was answered last time');
    await ask().dismiss();
  });
});
