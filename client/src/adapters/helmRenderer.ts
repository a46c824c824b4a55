import { cp, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, sep } from 'node:path';
import { markTemplate } from '../../../server/src/render/markTemplate.ts';
import { NEWEST_KUBERNETES_MINOR } from '../../../server/src/schema/apiLifecycles.ts';
import { runProgram } from './childProcess.ts';

/** A chart to be rendered by the user's own `helm`. */
export interface RenderRequest {
  /** The folder that holds Chart.yaml. */
  readonly chartFolder: string;
  /** Paths of values files, as after `helm template -f`: a later one overrides an earlier one. */
  readonly valuesFiles: readonly string[];
  readonly releaseName: string;
  readonly namespace: string;
  /** The minor version of Kubernetes 1 that it is meant for; the newest that is known where it is left out. */
  readonly kubernetesMinor?: number | undefined;
  /** Further arguments of `helm template`. */
  readonly moreArguments?: readonly string[];
  /** The program; it gets exactly this environment. */
  readonly command: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** What Helm printed, or what it said instead. */
export interface ChartRender {
  /** Also of a failed run there may be some: objects that are no YAML. */
  readonly output: string;
  /** The output of the same chart with marked lines; undefined where it could not be rendered. */
  readonly marked: string | undefined;
  /** Helm's own words where it failed. */
  readonly failure: string | undefined;
}

/** Not part of a chart, and often large. */
const SKIPPED = new Set(['.git', '.svn', 'node_modules', '.terraform']);

/**
 * Renders a chart by `helm template`, and a copy of it whose lines are marked, in a folder of its own that is gone
 * afterwards. Nothing is fetched and no cluster is asked. Throws `tool-missing` where there is no helm, and `cancelled`.
 */
export async function renderChart(request: RenderRequest, signal: AbortSignal): Promise<ChartRender> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-render-'));
  try {
    // Both are waited for, also where one fails: what still copies would fill the folder again that is removed below.
    const [plainRun, markedRun] = await Promise.allSettled([
      helmTemplate(request, request.chartFolder, [], signal),
      markedCopy(request.chartFolder, folder).then((copy) => helmTemplate(request, copy, [], signal)),
    ]);
    if (plainRun.status === 'rejected') throw plainRun.reason;
    if (markedRun.status === 'rejected') throw markedRun.reason;
    const [plain, marked] = [plainRun.value, markedRun.value];
    if (plain.failure === undefined)
      return { ...plain, marked: marked.failure === undefined ? marked.output : undefined };
    if (!/YAML parse error/.test(plain.failure)) return { ...plain, marked: undefined };
    // What is no YAML is only printed on request.
    const shown = await helmTemplate(request, request.chartFolder, ['--debug'], signal);
    const shownMarked = await helmTemplate(request, join(folder, basename(request.chartFolder)), ['--debug'], signal);
    return { output: shown.output, marked: shownMarked.output, failure: plain.failure };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Renders a chart once, to be read: what Helm printed, and what it said where it failed. Throws as `renderChart` does. */
export function renderPlain(request: RenderRequest, signal: AbortSignal): Promise<HelmOutput> {
  return helmTemplate(request, request.chartFolder, [], signal);
}

async function helmTemplate(
  request: RenderRequest,
  chart: string,
  flags: readonly string[],
  signal: AbortSignal,
): Promise<HelmOutput> {
  const { kubernetesMinor = NEWEST_KUBERNETES_MINOR } = request;
  const version = ['--kube-version', `1.${kubernetesMinor}.0`];
  const rendered = await runHelm(request, chart, [...version, ...flags], signal);
  // A chart for other versions only is rendered for the one that helm takes by itself.
  if (!/chart requires kubeVersion/.test(rendered.failure ?? '') || request.kubernetesMinor !== undefined)
    return rendered;
  return runHelm(request, chart, flags, signal);
}

interface HelmOutput {
  readonly output: string;
  readonly failure: string | undefined;
}

async function runHelm(
  request: RenderRequest,
  chart: string,
  flags: readonly string[],
  signal: AbortSignal,
): Promise<HelmOutput> {
  const lines: string[] = [];
  const { exitCode, stderr } = await runProgram(
    {
      command: request.command,
      arguments: [
        'template',
        request.releaseName,
        chart,
        '--namespace',
        request.namespace,
        ...request.valuesFiles.flatMap((file) => ['--values', file]),
        ...(request.moreArguments ?? []),
        ...flags,
      ],
      environment: request.environment,
      onOutputLine: (line) => lines.push(line),
    },
    signal,
  );
  const output = lines.length === 0 ? '' : `${lines.join('\n')}\n`;
  return { output, failure: exitCode === 0 ? undefined : stderr.trim() || `helm ended with exit code ${exitCode}.` };
}

async function markedCopy(chartFolder: string, target: string): Promise<string> {
  const original = await realpath(chartFolder);
  const copy = join(target, basename(chartFolder));
  await cp(original, copy, {
    recursive: true,
    dereference: true,
    filter: (path) => !SKIPPED.has(basename(path)),
  });
  for (const entry of await readdir(copy, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !/\.ya?ml$/.test(entry.name) || entry.name.startsWith('_')) continue;
    if (!path.slice(copy.length).split(sep).includes('templates')) continue;
    await writeFile(path, markTemplate(await readFile(path, 'utf8')));
  }
  return copy;
}
