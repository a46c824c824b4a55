import type { VariableUse } from '../../languages/helm/templateReading.ts';
import type { Shape, ValuePath } from '../../languages/helm/templateShape.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import type { Span } from '../../text/sourceText.ts';
import type { Chart } from '../../workspace/helm/chart.ts';
import { chartAt } from '../../workspace/helm/chartsOf.ts';
import { chartIn, type ReleaseReading, releaseReading, type TemplateRun } from '../../workspace/helm/releaseReading.ts';
import type { Cursor } from '../languageFeatures.ts';
import { nodeAt } from '../nodeAt.ts';
import { actionAt, openTemplate } from './templateAt.ts';

/** The thing of a chart that a cursor is on. */
export type HelmPlace =
  | { readonly kind: 'value'; readonly span: Span; readonly chart: Chart; readonly path: ValuePath }
  | { readonly kind: 'template'; readonly span: Span; readonly name: string }
  | { readonly kind: 'builtIn'; readonly span: Span; readonly chart: Chart; readonly path: readonly string[] }
  | { readonly kind: 'argument'; readonly span: Span; readonly name: string; readonly shape: Shape }
  | { readonly kind: 'variable'; readonly span: Span; readonly use: VariableUse; readonly run: TemplateRun }
  | { readonly kind: 'function'; readonly span: Span; readonly name: string };

/** What a cursor is on, with the templates that are installed together with its chart. */
export interface HelmPlaces {
  readonly chart: Chart;
  readonly release: ReleaseReading;
  /** More than one where a named template is called in several ways; empty where there is nothing of a chart. */
  readonly places: readonly HelmPlace[];
}

/** Undefined in a file that belongs to no chart. */
export function helmPlacesAt(cursor: Cursor): HelmPlaces | undefined {
  const { file, offset, snapshot } = cursor;
  const { source } = file.parsed;
  const chart = chartAt(snapshot.graph, source.uri);
  if (!chart) return undefined;
  const release = releaseReading(snapshot.graph, chart);
  const open = openTemplate(cursor);
  if (open) {
    const places = [...placesInTemplate(release, open.runs, offset)];
    const { name, span } = functionAt(cursor) ?? {};
    if (name !== undefined && span) places.push({ kind: 'function', name, span });
    for (const { name: defined } of open.template.definitions) {
      if (defined && holds(defined.contentSpan, offset)) {
        places.push({ kind: 'template', name: defined.value, span: defined.contentSpan });
      }
    }
    return { chart, release, places: unique(places) };
  }
  return { chart, release, places: placesInYaml(chart, source.uri, file.parsed.roots, offset) };
}

function* placesInTemplate(
  release: ReleaseReading,
  runs: readonly TemplateRun[],
  offset: number,
): Generator<HelmPlace> {
  for (const run of runs) {
    for (const { span, base, shape, isArgument } of run.reading.names) {
      if (!holds(span, offset)) continue;
      if (isArgument) {
        yield { kind: 'argument', span, name: run.template.source.slice(span), shape };
      } else if (shape.kind === 'value' && shape.path.length > 0) {
        const chart = chartIn(release, shape.chart);
        if (chart) yield { kind: 'value', span, chart, path: shape.path };
      } else if (base.kind === 'root' && shape.kind === 'value') {
        const chart = chartIn(release, shape.chart);
        if (chart) yield { kind: 'builtIn', span, chart, path: ['Values'] };
      } else if (shape.kind === 'object') {
        const chart = chartIn(release, shape.chart);
        if (chart) yield { kind: 'builtIn', span, chart, path: shape.path };
      }
    }
    for (const { name, nameSpan: span } of run.reading.calls)
      if (holds(span, offset)) yield { kind: 'template', name, span };
    for (const use of run.reading.variables) {
      if (holds(use.span, offset)) yield { kind: 'variable', span: use.span, use, run };
    }
  }
}

function functionAt(cursor: Cursor): { name: string; span: Span } | undefined {
  const open = openTemplate(cursor);
  const action = open && actionAt(open.template, cursor.offset);
  const token = action?.tokens.find((candidate) => candidate.kind === 'identifier' && holds(candidate, cursor.offset));
  return open && token && { name: open.template.text.slice(token.start, token.end), span: token };
}

function placesInYaml(chart: Chart, uri: string, roots: readonly SourceNode[], offset: number): HelmPlace[] {
  const node = nodeAt(roots, offset);
  const span = node?.keySpan;
  if (!node || !span || !holds(span, offset)) return [];
  if (uri === chart.values?.uri || chart.otherValues.some((file) => file.uri === uri)) {
    return [{ kind: 'value', span, chart, path: valuePath(node) }];
  }
  const path = chart.schema?.source.uri === uri ? propertyPath(node) : undefined;
  return path ? [{ kind: 'value', span, chart, path }] : [];
}

function valuePath(node: SourceNode): ValuePath {
  return node.path.map((segment) => (typeof segment === 'number' ? null : segment));
}

/** The path of values that a property of a schema describes; undefined for what is no property. */
function propertyPath(node: SourceNode): ValuePath | undefined {
  const path: (string | null)[] = [];
  const segments = node.path;
  for (let index = 0; index < segments.length; index++) {
    if (segments[index] === 'properties' && index + 1 < segments.length) path.push(String(segments[++index]));
    else if (segments[index] === 'items' && index + 1 < segments.length) path.push(null);
    else return undefined;
  }
  return path.length > 0 && segments.at(-2) === 'properties' ? path : undefined;
}

function unique(places: readonly HelmPlace[]): HelmPlace[] {
  const keys = new Set<string>();
  return places.filter((place) => {
    const what = place.kind === 'value' ? `${place.chart.folder} ${JSON.stringify(place.path)}` : place.span.start;
    const key = `${place.kind} ${what}`;
    return !keys.has(key) && keys.add(key);
  });
}

export function holds({ start, end }: Span, offset: number): boolean {
  return offset >= start && offset <= end;
}
