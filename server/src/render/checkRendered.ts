import { type DiagnosticOptions, diagnose } from '../features/diagnostics.ts';
import { nodeAt } from '../features/nodeAt.ts';
import { LANGUAGES } from '../languages/languages.ts';
import type { RelatedPlace } from '../rules/contract.ts';
import type { ReportedFinding } from '../rules/runRules.ts';
import type { Place, SourceNode } from '../text/sourceNode.ts';
import type { SourceText } from '../text/sourceText.ts';
import type { Chart, ChartTemplate } from '../workspace/helm/chart.ts';
import { releaseReading } from '../workspace/helm/releaseReading.ts';
import { buildGraph } from '../workspace/indexedGraph.ts';
import { type LoadedFile, type Snapshot, World } from '../workspace/world.ts';
import { type RenderedManifest, renderedManifests } from './renderedManifests.ts';
import { renderedTemplate } from './renderedTemplate.ts';
import { templatePlace } from './templatePlace.ts';
import { UNKNOWN_NAMESPACE } from './unknownNamespace.ts';
import { valuesBehind } from './valuesBehind.ts';

/** What Helm printed for a chart. */
export interface RenderedOutput {
  readonly output: string;
  /** The same with the marks of `markTemplate`; undefined where the marked copy could not be rendered. */
  readonly marked: string | undefined;
  /** URIs of the values files that it was rendered with besides values.yaml, the one that counts first first. */
  readonly valuesFiles: readonly string[];
}

/**
 * Checks what a chart renders as the manifests that it is, beside the rest of the workspace. Each finding lies where the
 * template writes what it is about, and names the value that it came from. What is found in the template as it stands is
 * not said again, nor what Helm does with files that are not here.
 */
export function checkRendered(
  snapshot: Snapshot,
  chart: Chart,
  rendered: RenderedOutput,
  options: DiagnosticOptions,
): ReportedFinding[] {
  const manifests = new Map(
    renderedManifests(rendered.output, rendered.marked).map(
      (manifest, index) => [`${chart.folder}templates/rendered-${index}.yaml`, manifest] as const,
    ),
  );
  const state = renderedSnapshot(snapshot, chart, manifests);
  const said = new SaidOfTemplates(snapshot, options);
  const findings = new Map<string, ReportedFinding>();
  for (const [uri, manifest] of manifests) {
    const template = renderedTemplate(chart, manifest.source);
    const file = state.files.get(uri);
    if (!template || !file) continue;
    const isBroken = file.parsed.problems.some(({ severity }) => severity === 'error');
    for (const reported of diagnose(state, uri, options)) {
      // What is to be said of the chart as such is said of its files; of what is no YAML that is the fault.
      if (reported.rule.id.startsWith('helm/') || (isBroken && !reported.rule.id.startsWith('syntax/'))) continue;
      const mapped = mapFinding(reported, manifest, file, template, rendered, snapshot);
      if (!mapped || said.has(mapped)) continue;
      const { source, span } = mapped.finding.at;
      // A loop renders the same line many times.
      const key = `${mapped.rule.id} ${source.uri} ${span.start} ${mapped.finding.message}`;
      if (!findings.has(key)) findings.set(key, mapped);
    }
  }
  return [...findings.values()];
}

/** The workspace with what the chart renders in place of its templates; only what was rendered is looked at. */
function renderedSnapshot(
  snapshot: Snapshot,
  chart: Chart,
  manifests: ReadonlyMap<string, RenderedManifest>,
): Snapshot {
  const world = new World(LANGUAGES);
  const namespace = '{{ .Release.Namespace }}';
  world.apply([...manifests].map(([uri, { text }]) => ({ uri, text: text.replaceAll(UNKNOWN_NAMESPACE, namespace) })));
  const { files } = world.snapshot();
  let outermost = chart;
  while (outermost.parents[0] && chart.folder.startsWith(outermost.parents[0].chart.folder))
    outermost = outermost.parents[0].chart;
  const others = [...snapshot.files].filter(
    ([uri]) => !uri.startsWith(outermost.folder) || uri === outermost.resource.uri,
  );
  return { files, graph: buildGraph(new Map([...files, ...others])) };
}

function mapFinding(
  { rule, severity, finding }: ReportedFinding,
  manifest: RenderedManifest,
  file: LoadedFile,
  template: { readonly chart: Chart; readonly template: ChartTemplate },
  rendered: RenderedOutput,
  snapshot: Snapshot,
): ReportedFinding | undefined {
  const { source, span } = finding.at;
  const line = exactLine(manifest, source.lineAt(span.start), template.template.source);
  const node = nodeAt(file.parsed.roots, span.start);
  const isKey = node?.keySpan !== undefined && node.keySpan.start === span.start;
  const roots = snapshot.files.get(template.template.uri)?.parsed.roots ?? [];
  const place = templatePlace(template.template.source, roots, line, node, isKey);
  if (!place) return undefined;
  const release = releaseReading(snapshot.graph, template.chart);
  const values = node
    ? valuesBehind(release, template.template, template.chart, place, node, rendered.valuesFiles)
    : [];
  return {
    rule,
    severity,
    finding: {
      at: place.at,
      message: `As rendered: ${finding.message}`,
      related: [...values.map(relatedValue), ...(finding.related ?? []).filter(({ at }) => isReal(at, snapshot))],
      ...(finding.strict ? { strict: true as const } : {}),
    },
  };
}

/**
 * A mark ends what its line wrote; the lines of a plain scalar have one at their end alone. Where such a line stands in the
 * template word for word, as far above the marked one as it was rendered above it, that is where it comes from.
 */
function exactLine({ lines, text }: RenderedManifest, index: number, source: SourceText): number | undefined {
  const line = lines[index];
  if (line === undefined) return undefined;
  let last = index;
  while (lines[last + 1] === line) last++;
  const above = line - (last - index);
  if (above === line || above < 0) return line;
  return source.slice(source.lineSpan(above)) === text.split('\n')[index] ? above : line;
}

function relatedValue(value: SourceNode): RelatedPlace {
  const { uri } = value.source;
  return {
    at: value.keyPlace,
    message: `${value.path.join('.')} of ${uri.slice(uri.lastIndexOf('/') + 1)} gives this`,
  };
}

/** What was rendered is no file that could be opened. */
function isReal({ source }: Place, snapshot: Snapshot): boolean {
  return snapshot.files.get(source.uri)?.parsed.source === source;
}

/** What the check of the templates themselves says, in any profile. */
class SaidOfTemplates {
  readonly #snapshot: Snapshot;
  readonly #options: DiagnosticOptions;
  readonly #byUri = new Map<string, ReadonlySet<string>>();

  constructor(snapshot: Snapshot, options: DiagnosticOptions) {
    this.#snapshot = snapshot;
    this.#options = { ...options, forcedProfile: 'strict' };
  }

  has({ rule, finding }: ReportedFinding): boolean {
    const { uri } = finding.at.source;
    let said = this.#byUri.get(uri);
    if (!said) {
      said = new Set(diagnose(this.#snapshot, uri, this.#options).map((other) => key(other)));
      this.#byUri.set(uri, said);
    }
    return said.has(key({ rule, finding }));
  }
}

function key({ rule, finding }: Pick<ReportedFinding, 'rule' | 'finding'>): string {
  return `${rule.id} ${finding.at.source.lineAt(finding.at.span.start)}`;
}
