import type { ValuePath } from '../../languages/helm/templateShape.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import type { SourceText } from '../../text/sourceText.ts';
import type { Chart } from './chart.ts';
import { schemaAllows, schemasAt } from './valuesSchema.ts';
import { type ValueTree, valueTrees } from './valueTrees.ts';

/** A place that sets a value of a chart. */
export interface SetValue {
  readonly node: SourceNode;
  readonly tree: ValueTree;
}

/** The places that set the value at `path`, the one that counts first; other values files last. */
export function valuesAt(chart: Chart, path: ValuePath): SetValue[] {
  return valueTrees(chart).flatMap((tree) => nodesAt(tree, path).map((node) => ({ node, tree })));
}

/** The value that counts when the chart is installed as it is. */
export function effectiveValue(chart: Chart, path: ValuePath): SetValue | undefined {
  return valuesAt(chart, path).find(({ tree }) => tree.origin !== 'other');
}

/** The keys that stand below `path` in any values file or schema, each with the places that set it; `node`s first. */
export function valueKeys(chart: Chart, path: ValuePath): ReadonlyMap<string, readonly SetValue[]> {
  const keys = new Map<string, SetValue[]>();
  const add = (key: string, place?: SetValue): void => {
    const places = keys.get(key) ?? [];
    if (place) places.push(place);
    keys.set(key, places);
  };
  for (const tree of valueTrees(chart)) {
    if (path.length < tree.at.length && startsWith(tree.at, path)) {
      add(tree.at[path.length]!);
      continue;
    }
    for (const node of nodesAt(tree, path)) {
      if (node.kind !== 'map') continue;
      for (const entry of node.entries) if (entry.key !== undefined) add(entry.key, { node: entry, tree });
    }
  }
  for (const schema of schemasAt(chart, path)) {
    for (const property of schema.find('properties')?.entries ?? []) if (property.key !== undefined) add(property.key);
  }
  for (const { key } of path.length === 0 ? chart.dependencies : []) add(key);
  return keys;
}

/**
 * Whether anything provides the value at `path`: a values file of the chart, of its parents or its dependencies, or the
 * schema. `unknown` where that cannot be told: no values file, a part that could not be read, values of a dependency that
 * the workspace does not hold, or a commented line that names the key.
 *
 * `parentMissing` says that not even the map around it is there, so that reading it fails when the chart is rendered.
 */
export function provides(chart: Chart, path: ValuePath): Provided {
  const known = PROVIDED.get(chart) ?? new Map<string, Provided>();
  PROVIDED.set(chart, known);
  const key = JSON.stringify(path);
  const provided = known.get(key) ?? findOut(chart, path);
  known.set(key, provided);
  return provided;
}

export interface Provided {
  readonly status: 'yes' | 'no' | 'unknown';
  readonly parentMissing?: boolean;
}

const PROVIDED = new WeakMap<Chart, Map<string, Provided>>();

function findOut(chart: Chart, path: ValuePath): Provided {
  if (!chart.values || chart.isLibrary || path.length === 0) return { status: 'unknown' };
  if (path[0] === 'global' || path.includes(null)) return { status: 'unknown' };
  if (chart.dependencies.some(({ key, chart: child }) => key === path[0] && !child)) return { status: 'unknown' };
  // What a dependency that is not here exports may stand anywhere.
  if (chart.dependencies.some(({ chart: child, importValues }) => !child && importValues.length > 0)) {
    return { status: 'unknown' };
  }
  if (schemaAllows(chart, path)) return { status: 'yes' };
  let deepest = 0;
  for (const tree of valueTrees(chart)) {
    if (startsWith(tree.at, path)) return { status: 'yes' };
    if (!startsWith(path, tree.at)) continue;
    const rest = path.slice(tree.at.length) as readonly string[];
    let node = tree.node;
    let depth = tree.at.length;
    for (const segment of rest) {
      const next = node.child(segment);
      if (!next) break;
      node = next;
      depth++;
    }
    if (depth === path.length) return { status: 'yes' };
    // Members of what is no map are Helm's business when it renders, not a missing value.
    if (node.open || node.kind === 'list') return { status: 'unknown' };
    if (node.kind === 'scalar' && node.scalar !== null && depth > 0) return { status: 'unknown' };
    if (isCommentedOut(tree.file.root.source, rest.at(-1)!)) return { status: 'unknown' };
    // `key:` and `key: {}` say that something may be filled in.
    if (depth > 0 && (node.kind === 'scalar' || node.entries.length === 0)) return { status: 'unknown' };
    deepest = Math.max(deepest, depth);
  }
  return { status: 'no', parentMissing: deepest < path.length - 1 };
}

const COMMENT_WORDS = new WeakMap<SourceText, ReadonlySet<string>>();

/** A line such as `# tag: 1.2.3`: the way to document a value that has no default. */
function isCommentedOut(source: SourceText, key: string): boolean {
  let words = COMMENT_WORDS.get(source);
  if (!words) {
    words = new Set([...source.text.matchAll(/^[ \t]*#.*/gm)].flatMap(([line]) => line.match(/[\w-]+/g) ?? []));
    COMMENT_WORDS.set(source, words);
  }
  return words.has(key);
}

function nodesAt(tree: ValueTree, path: ValuePath): SourceNode[] {
  if (!startsWith(path, tree.at)) return [];
  let nodes: readonly SourceNode[] = [tree.node];
  for (const segment of path.slice(tree.at.length)) {
    nodes = nodes.flatMap((node) => (segment === null ? node.entries : (node.child(segment) ?? [])));
    if (nodes.length === 0) return [];
  }
  return [...nodes];
}

function startsWith(path: ValuePath, beginning: ValuePath): boolean {
  return beginning.length <= path.length && beginning.every((segment, index) => path[index] === segment);
}
