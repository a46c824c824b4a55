// npm run bench [-- --large] [-- --alone] [-- --servers-only] [-- --runs N]
//
// Measures the command line and the language server on generated manifests, beside other tools where they are there.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { SERVER_FLAGS } from '../client/src/languageClient/serverFlags.ts';
import type { BenchProgram } from '../test/bench/benchServer.ts';
import { type ClusterTreeRow, measureClusterTree } from '../test/bench/clusterTree.ts';
import { type EditedDocument, type EditingTimes, measureEditing } from '../test/bench/editing.ts';
import { manifestSchema } from '../test/bench/manifestSchema.ts';
import { application, manyDeployments, writeManifests } from '../test/bench/manifests.ts';
import { installPeers, onPath } from '../test/bench/peers.ts';
import { measureProviderSchemas, type ProviderSchemaRow } from '../test/bench/providerSchemas.ts';
import { type TimedRun, timedRun } from '../test/bench/timedRun.ts';
import { buildProject } from './projectBuild.ts';

const { values } = parseArgs({
  options: {
    /** Also 10,000 manifests. */
    large: { type: 'boolean', default: false },
    /** Measures Slipway only, and installs nothing. */
    alone: { type: 'boolean', default: false },
    /** How often each check runs; the least CPU time counts, because the rest is what else the machine did. */
    runs: { type: 'string', default: '3' },
    /** Leaves the checks out. */
    'servers-only': { type: 'boolean', default: false },
  },
});

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DIST = path.join(ROOT, 'dist');
const KEYSTROKES = 100;
interface CheckRow extends TimedRun {
  readonly tool: string;
  readonly input: string;
}
interface EditingRow extends EditingTimes {
  readonly server: string;
  readonly input: string;
}

await buildProject({ root: ROOT, report: () => undefined });
// The server is measured as it is shipped.
await buildProject({
  root: ROOT,
  outputFolder: path.join(DIST, 'production'),
  production: true,
  report: () => undefined,
});
const folder = await mkdtemp(path.join(tmpdir(), 'slipway-bench-'));
try {
  const checks = values['servers-only'] ? [] : await measureChecks();
  if (values['servers-only']) await writeManifests(path.join(folder, '2000'), 2000);
  const editing = await measureServers();
  const providers = measureProviderSchemas(pathToFileURL(path.join(DIST, 'languageServer.js')).href);
  const clusterTrees = [await measureClusterTree(500), await measureClusterTree(5_000)];
  const report = { machine: machine(), checks, editing, providers, clusterTrees };
  await writeFile(path.join(DIST, 'bench.json'), `${JSON.stringify(report, undefined, 2)}\n`);
  process.stdout.write(asMarkdown(checks, editing, providers, clusterTrees));
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
  const slipway: BenchProgram = {
    name: 'slipway',
    command: process.execPath,
    args: [...SERVER_FLAGS, path.join(DIST, 'production/languageServer.js'), '--stdio'],
    pulls: true,
  };
  const few = path.join(folder, 'few');
  await writeManifests(few, 4);
  const deployment = deploymentIn(few);
  const thousandLines = { ...deployment, file: path.join(few, 'all.yaml'), text: manifestOf(1000) };
  const dockerfile = await fileOfShop('catalog/Dockerfile', 'dockerfile', 'EXPOSE ', '\nFR');
  const module = await fileOfShop('terraform/network.tf', 'terraform', 'each.value.private ', '\n  cid');
  // terraform-ls says nothing of a file without a fault, so there is one for all.
  const terraform = { ...module, text: module.text.replace('each.value.private', 'each.value.private 0') };
  const inputs: [string, string, EditedDocument][] = [
    ['one Deployment', few, deployment],
    ['1,000 lines of manifests', few, thousandLines],
    ['Dockerfile', path.dirname(dockerfile.file), dockerfile],
    ['Terraform module', path.dirname(terraform.file), terraform],
    ['workspace of 2,000', path.join(folder, '2000'), deploymentIn(path.join(folder, '2000'))],
  ];
  const measure = async (program: BenchProgram, wanted: readonly string[]): Promise<void> => {
    for (const [input, home, document] of inputs.filter(([name]) => wanted.includes(name))) {
      note(`${program.name}: ${input} …`);
      rows.push({ server: program.name, input, ...(await measureEditing(program, home, document, KEYSTROKES)) });
    }
  };
  await measure(
    slipway,
    inputs.map(([name]) => name),
  );
  if (values.alone) return rows;
  const schemaFile = path.join(folder, 'manifests.schema.json');
  await writeFile(schemaFile, JSON.stringify(manifestSchema(path.join(DIST, 'schemas/schemas.json'))));
  const peers = await installPeers(schemaFile, note);
  await measure(peers.yaml, ['one Deployment', '1,000 lines of manifests']);
  await measure(peers.dockerfile, ['Dockerfile']);
  if (peers.terraform) await measure(peers.terraform, ['Terraform module']);
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

/** One file of several applications, with at least so many lines. */
function manifestOf(lines: number): string {
  let text = '';
  for (let index = 0; text.split('\n').length < lines; index++) {
    text += Object.values(application(index).files)
      .map((file) => `---\n${file}`)
      .join('');
  }
  return text;
}

/** A copy of one file of the shop, and of what stands beside it. */
async function fileOfShop(
  name: string,
  languageId: string,
  typeBehind: string,
  askAt: string,
): Promise<EditedDocument> {
  const source = path.join(ROOT, 'examples/shop', name);
  const file = path.join(folder, name);
  await cp(path.dirname(source), path.dirname(file), { recursive: true });
  return { file, languageId, text: await readFile(source, 'utf8'), typeBehind, askAt };
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

function note(words: string): void {
  process.stderr.write(`${words}\n`);
}

function machine(): string {
  const processors = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `Node ${process.versions.node}, ${process.platform}, ${processors.length} × ${processors[0]?.model ?? 'unknown processor'}, ${memory} GB`;
}

function asMarkdown(
  checks: readonly CheckRow[],
  editing: readonly EditingRow[],
  providers: readonly ProviderSchemaRow[],
  clusterTrees: readonly ClusterTreeRow[],
): string {
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
    '| provider schema | resource types | index ms | first type ms | further types, each ms | texts ms |',
    '|---|---:|---:|---:|---:|---:|',
    ...providers.map(
      (row) =>
        `| ${row.provider} | ${row.types} | ${number(row.indexMilliseconds, 1)} | ${number(row.firstTypeMilliseconds, 1)} | ${number(row.typeMilliseconds, 3)} | ${number(row.textsMilliseconds, 1)} |`,
    ),
    '',
    '| cluster view | first tree ms | CPU per watch event ms | MB | kinds shown | lists and watches |',
    '|---|---:|---:|---:|---:|---:|',
    ...clusterTrees.map(
      (row) =>
        `| ${row.pods.toLocaleString('en')} pods | ${number(row.firstTreeMilliseconds, 0)} | ${number(row.eventMilliseconds, 3)} | ${number(row.megabytes, 1)} | ${row.kinds} | ${row.requests} |`,
    ),
    '',
  ].join('\n');
}
