import type { ValueRole, ValueUse } from '../../languages/helm/templateReading.ts';
import type { ValuePath } from '../../languages/helm/templateShape.ts';
import { nearestName } from '../../text/nearestName.ts';
import type { SourceText, Span } from '../../text/sourceText.ts';
import type { ResourceGraph } from '../resourceGraph.ts';
import type { Chart } from './chart.ts';
import { provides, valueKeys } from './chartValues.ts';
import { chartIn, type ReleaseReading, releaseReading } from './releaseReading.ts';

/** A value that a template uses and nothing provides. */
export interface UndefinedValue {
  readonly source: SourceText;
  /** The name that is missing, or the whole expression where that stands elsewhere. */
  readonly span: Span;
  readonly path: readonly string[];
  /** How much of `path` is missing: the index of the first segment that nothing provides. */
  readonly missingFrom: number;
  readonly use: ValueUse;
  /** Rendering fails: not even the map around the value is there. Else the value is just empty. */
  readonly fails: boolean;
  /** A key beside the missing one that was probably meant. */
  readonly nearest: string | undefined;
}

const PRINTS: ReadonlySet<ValueRole> = new Set(['read', 'range', 'compare']);
const FAILS: ReadonlySet<ValueRole> = new Set(['read', 'range', 'compare', 'bind', 'pass', 'test']);

/**
 * The values that the chart's templates use although nothing provides them: no values file, no schema, no dependency, no
 * parent, no `default`, `required` or `set`, and no condition asks for them anywhere in the chart. Certain; whatever
 * somebody else may provide is left out.
 */
export function undefinedValues(graph: ResourceGraph, chart: Chart): UndefinedValue[] {
  const release = releaseReading(graph, chart);
  const optional = optionalPaths(release, chart);
  const found = new Map<string, UndefinedValue>();
  for (const { reading, isAssumed, template } of release.runs) {
    if (isAssumed || !chart.templates.includes(template)) continue;
    for (const use of reading.uses) {
      const owner = chartIn(release, use.chart);
      if (owner !== chart) continue;
      const value = undefinedValue(chart, use, template.source, optional);
      if (value) found.set(`${template.uri} ${value.span.start}`, value);
    }
  }
  return [...found.values()].sort(
    (a, b) => (a.source.uri < b.source.uri ? -1 : a.source.uri > b.source.uri ? 1 : 0) || a.span.start - b.span.start,
  );
}

function undefinedValue(
  chart: Chart,
  use: ValueUse,
  source: SourceText,
  optional: OptionalPaths,
): UndefinedValue | undefined {
  const { path, role } = use;
  if (!FAILS.has(role)) return undefined;
  const { status, parentMissing = false } = provides(chart, path);
  if (status !== 'no') return undefined;
  if (!parentMissing && !PRINTS.has(role)) return undefined;
  const missingFrom = path.findIndex((_, index) => provides(chart, path.slice(0, index + 1)).status === 'no');
  if (missingFrom < 0) return undefined;
  if (optional.covers(path.slice(0, parentMissing ? -1 : undefined), missingFrom)) return undefined;
  const siblings = valueKeys(chart, path.slice(0, missingFrom)).keys();
  return {
    source,
    span: use.names[missingFrom] ?? use.span,
    path: path as readonly string[],
    missingFrom,
    use,
    fails: parentMissing,
    nearest: nearestName(path[missingFrom]!, siblings),
  };
}

interface OptionalPaths {
  /**
   * Somewhere the chart reckons with this value, or what is missing around it, to be missing, or sets it. That it asks
   * for something around it that is there, says nothing.
   */
  covers(path: ValuePath, missingFrom: number): boolean;
}

function optionalPaths(release: ReleaseReading, chart: Chart): OptionalPaths {
  const asked = new Set<string>();
  const set = new Set<string>();
  for (const { reading } of release.runs) {
    for (const { role, path, chart: folder } of reading.uses) {
      if (folder !== chart.folder) continue;
      if (role === 'set') set.add(JSON.stringify(path));
      if (role === 'test' || role === 'default' || role === 'range') asked.add(JSON.stringify(path));
      // Who installs the chart must give it, and so what is around it.
      if (role === 'required')
        for (let end = 1; end <= path.length; end++) asked.add(JSON.stringify(path.slice(0, end)));
    }
  }
  return {
    covers(path, missingFrom) {
      for (let end = 0; end <= path.length; end++) {
        const key = JSON.stringify(path.slice(0, end));
        if (set.has(key) || (end > missingFrom && asked.has(key))) return true;
      }
      return false;
    },
  };
}
