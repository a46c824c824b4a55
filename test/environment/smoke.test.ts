import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ControlPlane, startControlPlane } from './controlPlane/controlPlane.ts';
import { applyCustomResourceDefinitions } from './crds/customResourceDefinitions.ts';
import { type RunningEngine, startEngine } from './engine/engine.ts';
import type { Engine } from './engine/engineDaemons.ts';
import { needTier } from './needTier.ts';
import { type RealNode, startNode } from './node/node.ts';
import { findProgram } from './processes/findProgram.ts';
import { runProgram } from './processes/runProgram.ts';
import { until } from './processes/until.ts';
import { toolPath } from './tools/tools.ts';

/** What of a state folder is still on this machine: processes that name it, mounts, links, control groups, the folder. */
function leftovers(stateFolder: string): string[] {
  const name = stateFolder.slice(stateFolder.lastIndexOf('/') + 1);
  const processes = readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => Number(pid) !== process.pid && commandLine(pid).includes(name))
    .map((pid) => `process ${pid}: ${commandLine(pid)}`);
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .filter((line) => line.includes(name));
  const links = Object.keys(networkInterfaces()).filter((link) => /^(slipway-|slp)/.test(link));
  const groups = readdirSync('/sys/fs/cgroup')
    .flatMap((hierarchy) => [`/sys/fs/cgroup/${name}`, `/sys/fs/cgroup/${hierarchy}/${name}`])
    .filter((group) => existsSync(group));
  return [...processes, ...mounts, ...links, ...new Set(groups), ...(existsSync(stateFolder) ? [stateFolder] : [])];
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    // It has ended since the folder was listed.
    return '';
  }
}

/** Builds a Dockerfile with the real BuildKit, pushes the image, and gives the progress as objects. */
async function build(engine: Engine, dockerfile: string, tag: string): Promise<Record<string, unknown>[]> {
  const context = mkdtempSync(join(tmpdir(), 'slipway-context-'));
  try {
    writeFileSync(join(context, 'Dockerfile'), dockerfile);
    const lines: string[] = [];
    await runProgram('docker', ['buildx', 'build', '--progress=rawjson', '--push', '--tag', tag, context], {
      environment: engine.environment,
      onErrorLine: (line) => lines.push(line),
    });
    return lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>);
  } finally {
    rmSync(context, { recursive: true });
  }
}

const webServer = (text: string) => `FROM busybox:1.36
RUN mkdir /www && echo '${text}' > /www/index.html
CMD ["sh", "-c", "echo started; trap 'exit 0' TERM; httpd -f -p 8080 -h /www & wait"]
`;

describe('the control plane', function () {
  this.timeout(120_000);
  let cluster: ControlPlane;
  before(async function () {
    await needTier(this, 'kubernetes');
    cluster = await startControlPlane({ nodes: 2 });
  });
  after(async () => {
    if (cluster === undefined) return;
    await cluster.stop();
    assert.deepEqual(leftovers(cluster.stateFolder), []);
  });

  const podsOf = async (app: string) =>
    JSON.parse(await cluster.kubectl(['get', 'pods', '-l', `app=${app}`, '-o', 'json'])).items as {
      status: {
        phase: string;
        containerStatuses?: {
          restartCount: number;
          state: { waiting?: { reason: string } };
          lastState: { terminated?: { reason: string; exitCode: number } };
        }[];
      };
    }[];

  it('rolls out a Deployment on fake nodes, with logs, exec and port-forward', async () => {
    await cluster.kubectl(['create', 'deployment', 'web', '--image=shop/web:1', '--replicas=3']);
    await cluster.kubectl(['rollout', 'status', 'deployment/web', '--timeout=60s']);
    assert.match(await cluster.kubectl(['logs', 'deployment/web']), /ready/);
    assert.equal(await cluster.kubectl(['exec', 'deployment/web', '--', 'printenv', 'FAKE_POD']), '1\n');
  });

  it('shows ImagePullBackOff, CrashLoopBackOff, OOMKilled and a pod that never gets ready', async () => {
    for (const fate of ['bad-pull', 'crash', 'oom', 'never-ready']) {
      await cluster.kubectl(['create', 'deployment', fate, `--image=shop/web:2-${fate}`]);
    }
    await until('the image is not pulled', 30_000, async () =>
      (await podsOf('bad-pull')).some(
        ({ status }) => status.containerStatuses?.[0]?.state.waiting?.reason === 'ImagePullBackOff',
      ),
    );
    for (const [app, reason, exitCode] of [
      ['crash', 'Error', 1],
      ['oom', 'OOMKilled', 137],
    ] as const) {
      const container = await until(`${app} is restarted`, 30_000, async () =>
        (await podsOf(app))
          .map(({ status }) => status.containerStatuses?.[0])
          .find((status) => (status?.restartCount ?? 0) >= 1),
      );
      const { terminated } = container.lastState;
      assert.deepEqual([terminated?.reason, terminated?.exitCode], [reason, exitCode]);
    }
    const [unready] = await podsOf('never-ready');
    assert.equal(unready?.status.phase, 'Running');
    assert.match(await cluster.kubectl(['get', 'deployment', 'never-ready']), /0\/1/);
  });

  it('forwards port 8080 of a fake pod to the test', async () => {
    const server = createServer((_, response) => response.end('from the test'));
    await new Promise<void>((resolve) => server.listen(cluster.fakePods.forwardedPort, '127.0.0.1', resolve));
    const cancel = new AbortController();
    const port = cluster.fakePods.forwardedPort + 1;
    const forwarding = cluster
      .kubectl(['port-forward', 'deployment/web', `${port}:8080`], { signal: cancel.signal })
      .catch((error: Error) => assert.equal(error.name, 'AbortError'));
    const answer = await until('the port is forwarded', 10_000, () =>
      fetch(`http://127.0.0.1:${port}/`)
        .then((response) => response.text())
        .catch(() => undefined),
    );
    assert.equal(answer, 'from the test');
    cancel.abort();
    await forwarding;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('lets the viewer read pods in default, and nothing else', async () => {
    const asViewer = (...args: string[]) => cluster.kubectl(['--kubeconfig', cluster.kubeconfig.viewer, ...args]);
    assert.match(await asViewer('get', 'pods'), /web-/);
    await assert.rejects(asViewer('get', 'secrets'), /secrets is forbidden: User "viewer"/);
    await assert.rejects(asViewer('get', 'pods', '--namespace=kube-system'), /forbidden/);
    await assert.rejects(asViewer('delete', 'pods', '--all'), /forbidden/);
  });

  it('survives the end of its API server, and forgets its history on request', async () => {
    const list = (await cluster.admin.send('GET', '/api/v1/pods')).body as { metadata: { resourceVersion: string } };
    const watch = `/api/v1/pods?watch=true&timeoutSeconds=1&resourceVersion=${list.metadata.resourceVersion}`;
    await cluster.stopApiServer();
    await assert.rejects(cluster.admin.send('GET', '/readyz'), /ECONNREFUSED/);
    await cluster.startApiServer();
    await cluster.kubectl(['create', 'deployment', 'afterwards', '--image=shop/web:1']);
    await cluster.kubectl(['rollout', 'status', 'deployment/afterwards', '--timeout=60s']);
    await cluster.compactEtcd();
    assert.match(JSON.stringify((await cluster.admin.send('GET', watch)).body), /"code":410/);
    // A watch is refused by the new cache alone; an exact list is refused by etcd.
    const exactly = `/api/v1/pods?resourceVersion=${list.metadata.resourceVersion}&resourceVersionMatch=Exact`;
    assert.equal((await cluster.admin.send('GET', exactly)).status, 410);
  });

  it('installs a chart with helm', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'slipway-chart-'));
    const options = { folder, environment: cluster.environment };
    await runProgram(toolPath('helm'), ['create', 'shop'], options);
    const values = ['--set', 'image.repository=shop/cart', '--set', 'image.tag=1'];
    await runProgram(toolPath('helm'), ['install', 'shop', './shop', '--wait', '--timeout=60s', ...values], options);
    assert.match(await runProgram(toolPath('helm'), ['list'], options), /shop.*deployed/);
    rmSync(folder, { recursive: true });
  });

  it('serves the real CRDs', async () => {
    await applyCustomResourceDefinitions(cluster, ['gateway-api', 'vertical-pod-autoscaler']);
    const gateway = {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { name: 'shop' },
      spec: { gatewayClassName: 'istio', listeners: [{ name: 'http', port: 'eighty', protocol: 'HTTP' }] },
    };
    const dryRun = cluster.kubectl(['apply', '--server-side', '--dry-run=server', '-f', '-'], {
      input: JSON.stringify(gateway),
    });
    await assert.rejects(dryRun, /port/);
  });
});

describe('the engine', function () {
  this.timeout(120_000);
  let engine: RunningEngine;
  before(async function () {
    await needTier(this, 'engine');
    engine = await startEngine();
    await engine.importBaseImages([
      'busybox:1.36',
      { name: 'mcr.microsoft.com/dotnet/sdk:9.0', programs: { '/usr/bin/dotnet': 'echo "dotnet $@"' } },
    ]);
  });
  after(async () => {
    if (engine === undefined) return;
    await engine.stop();
    assert.deepEqual(leftovers(engine.stateFolder), []);
  });

  it('builds with heredoc and cache mount, with progress as JSON, and runs what it has pushed', async () => {
    const tag = `${engine.registry}/shop/web:1`;
    const cached = `FROM mcr.microsoft.com/dotnet/sdk:9.0 AS build
RUN --mount=type=cache,target=/root/.nuget <<EOF
dotnet restore
echo restored >> /root/.nuget/packages
EOF
${webServer('hello from docker')}`;
    const progress = await build(engine, cached, tag);
    const vertexes = progress.flatMap(({ vertexes: some }) => (some ?? []) as { name: string; error?: string }[]);
    assert.ok(vertexes.some(({ name }) => name.includes('RUN mkdir /www')));
    assert.deepEqual(
      vertexes.filter(({ error }) => error !== undefined && error !== ''),
      [],
    );
    const docker = (...args: string[]) => runProgram('docker', args, { environment: engine.environment });
    const container = (await docker('run', '--detach', '--publish', '127.0.0.1::8080', tag)).trim();
    const address = (await docker('port', container, '8080')).trim();
    const answer = await until('the container answers', 15_000, () =>
      fetch(`http://${address}/`)
        .then((response) => response.text())
        .catch(() => undefined),
    );
    assert.equal(answer, 'hello from docker\n');
    await docker('rm', '--force', container);
  });

  it('has no image that was not imported', async () => {
    await assert.rejects(build(engine, 'FROM alpine:3\n', `${engine.registry}/a:1`), /alpine:3: not found/);
  });

  it('leaves the user’s docker configuration alone', () => {
    assert.ok(engine.dockerConfigFolder.startsWith(engine.stateFolder));
    assert.equal(readlinkSync(join(engine.dockerConfigFolder, 'cli-plugins/docker-buildx')).includes('slipway'), true);
  });

  it('dies with its owner', async () => {
    const script = join(engine.stateFolder, 'owner.mts');
    writeFileSync(
      script,
      `import { startEngine } from '${join(import.meta.dirname, 'engine/engine.ts')}';
       const engine = await startEngine();
       console.log(engine.stateFolder);
       process.kill(process.pid, 'SIGKILL');`,
    );
    const output: string[] = [];
    await assert.rejects(
      runProgram('sh', ['-c', `'${process.execPath}' --import tsx '${script}' >&2`], {
        onErrorLine: (line) => output.push(line),
      }),
    );
    const folder = output.find((line) => line.startsWith('/'))!;
    await until('nothing is left', 20_000, () => {
      const own = leftovers(folder).filter((leftover) => !/^(slp|slipway-)/.test(leftover));
      return own.length === 0;
    });
  });
});

describe('the real node', function () {
  this.timeout(180_000);
  let cluster: ControlPlane;
  let node: RealNode;
  before(async function () {
    await needTier(this, 'node');
    cluster = await startControlPlane({ nodes: 0 });
    node = await startNode(cluster);
    await node.engine.importBaseImages(['busybox:1.36']);
  });
  after(async () => {
    if (cluster === undefined) return;
    const folders = [cluster.stateFolder, ...(node === undefined ? [] : [node.stateFolder])];
    await node?.stop();
    await cluster.stop();
    for (const folder of folders) assert.deepEqual(leftovers(folder), []);
  });

  it('runs what was built and pushed, and serves it by ClusterIP and port-forward', async () => {
    const image = `${node.registry.inNode}/shop/web:1`;
    await build(node.engine, webServer('hello from a pod'), image);
    await cluster.kubectl(['create', 'deployment', 'web', `--image=${image}`, '--replicas=2']);
    await cluster.kubectl(['expose', 'deployment', 'web', '--port=80', '--target-port=8080']);
    await cluster.kubectl(['rollout', 'status', 'deployment/web', '--timeout=90s']);
    const address = await cluster.kubectl(['get', 'service', 'web', '-o', 'jsonpath={.spec.clusterIP}']);
    const answer = await until('the Service answers', 15_000, () =>
      fetch(`http://${address}/`, { signal: AbortSignal.timeout(2_000) })
        .then((response) => response.text())
        .catch(() => undefined),
    );
    assert.equal(answer, 'hello from a pod\n');
    assert.match(await cluster.kubectl(['logs', 'deployment/web']), /started/);
    await assert.rejects(cluster.kubectl(['exec', 'deployment/web', '--', 'sh', '-c', 'exit 7']), /exit code 7/);
  });

  it('tells the truth about an image that does not exist', async () => {
    await cluster.kubectl(['create', 'deployment', 'absent', `--image=${node.registry.inNode}/absent:1`]);
    const reason = ['get', 'pods', '-l', 'app=absent', '-o', 'jsonpath={..waiting.reason}'];
    await until('the pull has failed', 60_000, async () => /ErrImagePull|BackOff/.test(await cluster.kubectl(reason)));
  });

  it('exists once on a machine', async () => {
    await assert.rejects(startNode(cluster, { waitMilliseconds: 0 }), /real Kubernetes node is in use by another run/);
  });

  it('works with the distribution’s docker command as well', async () => {
    // The newest client on the PATH may hide the distribution's, which must work, too.
    const docker = existsSync('/usr/bin/docker') ? '/usr/bin/docker' : findProgram('docker')!;
    const version = await runProgram(docker, ['version', '--format', '{{.Server.Version}}'], {
      environment: node.engine.environment,
    });
    assert.match(version, /^\d+\.\d+/);
    assert.match(
      await runProgram(docker, ['buildx', 'ls'], { environment: node.engine.environment }),
      new RegExp(node.engine.buildxBuilder),
    );
  });
});
