// npm run bench [-- --large] [-- --alone] [-- --runs N]
//
// Measures the command line and the language server on generated manifests, beside other tools where they are there.
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { BenchProgram } from '../test/bench/benchServer.ts';
import { type EditedDocument, type EditingTimes, measureEditing } from '../test/bench/editing.ts';
import { application, manyDeployments, writeManifests } from '../test/bench/manifests.ts';
import { type TimedRun, timedRun } from '../test/bench/timedRun.ts';
import { cacheFolder } from './cacheFolder.ts';
import { installOnce } from './installOnce.ts';
import { npm } from './npm.ts';
import { buildProject } from './projectBuild.ts';

const { values } = parseArgs({
  options: {
    /** Also 10,000 manifests. */
    large: { type: 'boolean', default: false },
    /** Measures Slipway only, and installs nothing. */
    alone: { type: 'boolean', default: false },
    /** How often each check runs; the least CPU time counts, because the rest is what else the machine did. */
    runs: { type: 'string', default: '3' },
  },
});

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DIST = path.join(ROOT, 'dist');
const KEYSTROKES = 100;
/** Other servers are measured in these versions; they are no dependencies of the project. */
const PEERS = ['yaml-language-server@2.0.0', 'dockerfile-language-server-nodejs@0.15.0'];

interface CheckRow extends TimedRun {
  readonly tool: string;
  readonly input: string;
}
interface EditingRow extends EditingTimes {
  readonly server: string;
  readonly input: string;
}

await buildProject({ root: ROOT, report: () => undefined });
const folder = await mkdtemp(path.join(tmpdir(), 'slipway-bench-'));
try {
  const checks = await measureChecks();
  const editing = await measureServers();
  const report = { machine: machine(), checks, editing };
  await writeFile(path.join(DIST, 'bench.json'), `${JSON.stringify(report, undefined, 2)}\n`);
  process.stdout.write(asMarkdown(checks, editing));
} finally {
  await rm(folder, { recursive: true });
}

async function measureChecks(): Promise<CheckRow[]> {
  const rows: CheckRow[] = [];
  for (const count of values.large ? [2000, 10_000] : [2000]) {
    const manifests = path.join(folder, String(count));
    await writeManifests(manifests, count);
    const input = `${count.toLocaleString('en')} manifests`;
    rows.push({ tool: 'slipway check', input, ...(await best(process.execPath, slipwayCheck(manifests))) });
    if (values.alone) continue;
    for (const [tool, args] of [
      ['kubeconform', ['-ignore-missing-schemas', manifests]],
      ['kube-score', ['score', ...(await yamlFiles(manifests))]],
    ] as const) {
      if (onPath(tool)) rows.push({ tool, input, ...(await best(tool, args)) });
      else note(`${tool} is not on the PATH and is left out.`);
    }
  }
  const single = path.join(folder, 'single');
  await writeFile(`${single}.yaml`, manyDeployments(30_000));
  const input = 'one file of 10 MB, 30,000 Deployments';
  rows.push({ tool: 'slipway check', input, ...(await best(process.execPath, slipwayCheck(`${single}.yaml`))) });
  return rows;
}

function slipwayCheck(target: string): string[] {
  return [path.join(DIST, 'cli.js'), 'check', '--fail-on', 'never', target];
}

async function measureServers(): Promise<EditingRow[]> {
  const rows: EditingRow[] = [];
  const slipway = (pulls: boolean): BenchProgram => ({
    name: 'slipway',
    args: [path.join(DIST, 'languageServer.js')],
    pulls,
  });
  const few = path.join(folder, 'few');
  await writeManifests(few, 4);
  const dockerfile = await dockerfileOfShop();
  const measure = async (server: string, input: string, program: BenchProgram, at: string, text: EditedDocument) => {
    rows.push({ server, input, ...(await measureEditing(program, at, text, KEYSTROKES)) });
  };
  const alone = 'one Deployment';
  await measure('slipway', alone, slipway(true), few, deploymentIn(few));
  await measure('slipway', 'Dockerfile', slipway(true), few, dockerfile);
  await measure(
    'slipway',
    'workspace of 2,000',
    slipway(true),
    path.join(folder, '2000'),
    deploymentIn(path.join(folder, '2000')),
  );
  if (values.alone) return rows;
  const modules = await installPeers();
  const yamlServer: BenchProgram = {
    name: 'yaml-language-server',
    args: [path.join(modules, 'yaml-language-server/bin/yaml-language-server')],
    pulls: false,
    // Without a network it has no Kubernetes schema: it is measured reading YAML, hovering and completing only.
    settings: { validate: true, schemaStore: { enable: false } },
  };
  const dockerServer: BenchProgram = {
    name: 'dockerfile-language-server',
    args: [path.join(modules, 'dockerfile-language-server-nodejs/bin/docker-langserver')],
    pulls: false,
  };
  await measure('yaml-language-server (no schema)', alone, yamlServer, few, deploymentIn(few));
  await measure('dockerfile-language-server', 'Dockerfile', dockerServer, few, dockerfile);
  return rows;
}

function deploymentIn(home: string): EditedDocument {
  const { namespace, name, files } = application(0);
  return {
    file: path.join(home, namespace, name, 'deployment.yaml'),
    languageId: 'yaml',
    text: files['deployment.yaml']!,
    typeBehind: 'minReadySeconds: 1',
    askAt: '\n          readinessPr',
  };
}

async function dockerfileOfShop(): Promise<EditedDocument> {
  const text = await readFile(path.join(ROOT, 'examples/shop/catalog/Dockerfile'), 'utf8');
  return {
    file: path.join(folder, 'few/Dockerfile'),
    languageId: 'dockerfile',
    text,
    typeBehind: 'EXPOSE ',
    askAt: '\nFR',
  };
}

async function installPeers(): Promise<string> {
  const home = path.join(cacheFolder(), 'bench', PEERS.join('+'));
  await installOnce(home, async (unfinished) => {
    note(`Installing ${PEERS.join(' and ')} beside the project …`);
    await writeFile(path.join(unfinished, 'package.json'), '{ "private": true }\n');
    await npm(['install', '--no-audit', '--no-fund', '--ignore-scripts', ...PEERS], unfinished);
  });
  return path.join(home, 'node_modules');
}

/** The run that took the least CPU time. */
async function best(command: string, args: readonly string[]): Promise<TimedRun> {
  const runs: TimedRun[] = [];
  for (let run = 0; run < Number(values.runs); run++) runs.push(await timedRun(command, args, folder));
  return runs.reduce((a, b) => ((b.cpuSeconds ?? b.wallSeconds) < (a.cpuSeconds ?? a.wallSeconds) ? b : a));
}

async function yamlFiles(home: string): Promise<string[]> {
  const { fdir } = await import('fdir');
  return new fdir().withFullPaths().crawl(home).withPromise();
}

function onPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(path.delimiter).some((home) => existsSync(path.join(home, program)));
}

function note(words: string): void {
  process.stderr.write(`${words}\n`);
}

function machine(): string {
  const processors = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `Node ${process.versions.node}, ${process.platform}, ${processors.length} × ${processors[0]?.model ?? 'unknown processor'}, ${memory} GB`;
}

function asMarkdown(checks: readonly CheckRow[], editing: readonly EditingRow[]): string {
  const number = (value: number | undefined, digits: number) => (value === undefined ? '–' : value.toFixed(digits));
  const pair = ({ p50, p95 }: { p50: number; p95: number }) => `${number(p50, 1)} / ${number(p95, 1)}`;
  return [
    `${machine()}. Checks: the best of ${values.runs} runs. Milliseconds are p50 / p95 of ${KEYSTROKES}.`,
    '',
    '| check | input | wall s | CPU s | peak MB |',
    '|---|---|---:|---:|---:|',
    ...checks.map(
      ({ tool, input, wallSeconds, cpuSeconds, peakMegabytes }) =>
        `| ${tool} | ${input} | ${number(wallSeconds, 2)} | ${number(cpuSeconds, 2)} | ${number(peakMegabytes, 0)} |`,
    ),
    '',
    '| language server | input | start to first diagnostics ms | keystroke ms | completion ms | hover ms | CPU s | peak MB |',
    '|---|---|---:|---:|---:|---:|---:|---:|',
    ...editing.map(
      (row) =>
        `| ${row.server} | ${row.input} | ${number(row.firstDiagnosticsMilliseconds, 0)} | ${pair(row.keystroke)} | ${pair(row.completion)} | ${pair(row.hover)} | ${number(row.cpuSeconds, 2)} | ${number(row.peakMegabytes, 0)} |`,
    ),
    '',
  ].join('\n');
}
