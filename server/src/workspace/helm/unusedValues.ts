import type { Shape } from '../../languages/helm/templateShape.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import type { ResourceGraph } from '../resourceGraph.ts';
import type { Chart } from './chart.ts';
import { type ReleaseReading, releaseReading } from './releaseReading.ts';

/** An entry of `values.yaml` that no template of the release reads. */
export interface UnusedValue {
  readonly node: SourceNode;
  readonly path: readonly string[];
}

/** What is used of a map: all of it, or some of its keys. */
interface Usage {
  isWhole: boolean;
  readonly keys: Map<string, Usage>;
}

/**
 * The entries of a chart's `values.yaml` that nothing uses; of a map that is not used at all only the map itself. Empty
 * where it cannot be told: a template that the workspace does not hold is called with all values, or a text from
 * elsewhere is rendered.
 */
export function unusedValues(graph: ResourceGraph, chart: Chart): UnusedValue[] {
  if (!chart.values || chart.isLibrary || chart.templates.length === 0) return [];
  const release = releaseReading(graph, chart);
  const usage = usageOf(release, chart);
  if (!usage) return [];
  return [...unused(chart.values.root, usage, [])];
}

function* unused(map: SourceNode, usage: Usage, path: readonly string[]): Generator<UnusedValue> {
  if (usage.isWhole) return;
  for (const entry of map.entries) {
    if (entry.key === undefined || entry.keySpan === undefined) continue;
    const below = usage.keys.get(entry.key);
    const at = [...path, entry.key];
    if (!below) yield { node: entry, path: at };
    else if (entry.kind === 'map' && below.keys.size > 0) yield* unused(entry, below, at);
  }
}

function usageOf(release: ReleaseReading, chart: Chart): Usage | undefined {
  const root: Usage = { isWhole: false, keys: new Map() };
  const mark = (path: readonly (string | null)[], isWhole: boolean): void => {
    let usage = root;
    for (const segment of path) {
      if (segment === null) {
        usage.isWhole = true;
        return;
      }
      let next = usage.keys.get(segment);
      if (!next) {
        next = { isWhole: false, keys: new Map() };
        usage.keys.set(segment, next);
      }
      usage = next;
    }
    if (isWhole) usage.isWhole = true;
  };
  mark(['global'], true);
  mark(['tags'], true);
  for (const { key, conditions } of chart.dependencies) {
    mark([key], true);
    for (const condition of conditions) mark(condition.split('.'), true);
  }
  for (const { reading, dot } of release.runs) {
    if (reading.runsForeignText && holdsRoot(dot)) return undefined;
    for (const { chart: folder, path, role } of reading.uses) {
      if (folder === chart.folder) mark(path, role !== 'test' && role !== 'pass');
    }
    for (const { name, argument } of reading.calls) {
      if (release.definitions.has(name) || !argument) continue;
      if (holdsRoot(argument)) return undefined;
      for (const path of valuePaths(argument, chart.folder)) mark(path, true);
    }
  }
  for (const path of pathsInTexts(chart)) mark(path, true);
  return root;
}

/** Values may hold templates themselves, for `tpl`: what those mention is used. */
function* pathsInTexts(chart: Chart): Generator<string[]> {
  for (const { root } of [...(chart.values ? [chart.values] : []), ...chart.otherValues]) {
    for (const [, path] of root.source.text.matchAll(/\{\{[^}]*?\.Values((?:\.\w+)+)/g))
      yield path!.slice(1).split('.');
  }
}

function holdsRoot(shape: Shape): boolean {
  if (shape.kind === 'root' || shape.kind === 'unknown') return true;
  if (shape.kind === 'value') return shape.path.length === 0;
  if (shape.kind === 'list') return shape.items.some(holdsRoot);
  if (shape.kind !== 'dictionary') return false;
  return (shape.base !== undefined && holdsRoot(shape.base)) || [...shape.entries.values()].some(holdsRoot);
}

function valuePaths(shape: Shape, chart: string): (string | null)[][] {
  if (shape.kind === 'value') return shape.chart === chart ? [[...shape.path]] : [];
  if (shape.kind === 'list') return shape.items.flatMap((item) => valuePaths(item, chart));
  if (shape.kind !== 'dictionary') return [];
  const parts = [...shape.entries.values(), ...(shape.base ? [shape.base] : [])];
  return parts.flatMap((part) => valuePaths(part, chart));
}
