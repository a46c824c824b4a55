import type { Shape, ValuePath } from '../../languages/helm/templateShape.ts';
import type { Chart } from '../../workspace/helm/chart.ts';

/** A value as one chart sees it. */
export interface SeenValue {
  readonly chart: Chart;
  readonly path: ValuePath;
}

/** The same value as the charts above and below see it: what a parent calls `redis.port` is `port` in the subchart. */
export function sameValue(chart: Chart, path: ValuePath): SeenValue[] {
  const seen: SeenValue[] = [];
  const keys = new Set<string>();
  const add = (value: SeenValue): void => {
    const key = seenKey(value.chart.folder, value.path);
    if (keys.has(key)) return;
    keys.add(key);
    seen.push(value);
  };
  add({ chart, path });
  // The list grows while it is gone through.
  for (const value of seen) {
    const isGlobal = value.path[0] === 'global';
    for (const { key, chart: child } of value.chart.dependencies) {
      if (!child) continue;
      if (isGlobal) add({ chart: child, path: value.path });
      else if (value.path.length > 1 && value.path[0] === key) add({ chart: child, path: value.path.slice(1) });
    }
    for (const parent of value.chart.parents) {
      add({ chart: parent.chart, path: isGlobal ? value.path : [parent.dependency.key, ...value.path] });
    }
  }
  return seen;
}

/** Tells whether what a name in a template stands for is one of these values. */
export function valueMatcher(values: readonly SeenValue[]): (shape: Shape) => boolean {
  const keys = new Set(values.map(({ chart, path }) => seenKey(chart.folder, path)));
  return (shape) => shape.kind === 'value' && keys.has(seenKey(shape.chart, shape.path));
}

function seenKey(folder: string, path: ValuePath): string {
  return `${folder} ${JSON.stringify(path)}`;
}
