import type { SourceNode } from '../../text/sourceNode.ts';
import type { Chart, ValuesFile } from './chart.ts';

/**
 * Whose values a tree holds, seen from the chart that reads them: `parent` (a chart that has this one as a dependency
 * overrides them), `own` (its `values.yaml`), `subchart` (the defaults of a dependency, below its key), `imported` (taken
 * from a dependency by `import-values`), `other` (another values file of the chart, which counts only where somebody
 * names it with `-f`).
 */
export type ValueOrigin = 'parent' | 'own' | 'subchart' | 'imported' | 'other';

/** A part of a values file that shows up among the values of a chart. */
export interface ValueTree {
  /** Where `node` stands in `.Values`. */
  readonly at: readonly string[];
  readonly node: SourceNode;
  readonly origin: ValueOrigin;
  readonly file: ValuesFile;
  /** The chart that the file belongs to. */
  readonly chart: Chart;
}

/** Deeper nesting of charts is a cycle. */
const DEPTH_LIMIT = 8;

const TREES = new WeakMap<Chart, readonly ValueTree[]>();

/** Everything that fills a chart's `.Values`, what overrides others first; other values files last. */
export function valueTrees(chart: Chart): readonly ValueTree[] {
  let trees = TREES.get(chart);
  if (!trees) {
    trees = [...fromParents(chart, 0), ...fromOwnFiles(chart, 0)].sort((a, b) => rank(a) - rank(b));
    TREES.set(chart, trees);
  }
  return trees;
}

function rank({ origin }: ValueTree): number {
  return origin === 'other' ? 1 : 0;
}

function* fromParents(chart: Chart, depth: number): Generator<ValueTree> {
  if (depth > DEPTH_LIMIT) return;
  for (const parent of chart.parents) {
    const { key } = parent.dependency;
    const above = [...fromParents(parent.chart, depth + 1), ...ownFilesOf(parent.chart)];
    for (const tree of above) {
      const origin = tree.origin === 'other' ? 'other' : 'parent';
      const below = subtree(tree, [key]);
      if (below) yield { ...below, origin };
      const global = subtree(tree, ['global']);
      if (global) yield { ...global, at: ['global', ...global.at], origin };
    }
  }
}

function* fromOwnFiles(chart: Chart, depth: number): Generator<ValueTree> {
  yield* ownFilesOf(chart);
  if (depth > DEPTH_LIMIT) return;
  for (const { key, chart: child, importValues } of chart.dependencies) {
    if (!child) continue;
    for (const tree of fromOwnFiles(child, depth + 1)) {
      if (tree.origin === 'other') continue;
      yield { ...tree, at: [key, ...tree.at], origin: 'subchart' };
      for (const imported of importValues) {
        const below = subtree(tree, imported.child);
        if (below) yield { ...below, at: [...imported.parent, ...below.at], origin: 'imported' };
      }
    }
  }
}

function* ownFilesOf(chart: Chart): Generator<ValueTree> {
  if (chart.values) yield { at: [], node: chart.values.root, origin: 'own', file: chart.values, chart };
  for (const file of chart.otherValues) yield { at: [], node: file.root, origin: 'other', file, chart };
}

/** The part of a tree below `path`, as a tree of its own. */
function subtree(tree: ValueTree, path: readonly string[]): ValueTree | undefined {
  const shared = Math.min(path.length, tree.at.length);
  for (let index = 0; index < shared; index++) if (path[index] !== tree.at[index]) return undefined;
  if (path.length <= tree.at.length) return { ...tree, at: tree.at.slice(path.length) };
  const node = tree.node.find(...path.slice(tree.at.length));
  return node && { ...tree, at: [], node };
}
