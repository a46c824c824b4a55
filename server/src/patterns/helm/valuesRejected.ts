import type { ErrorObject } from 'ajv';
import { renameKey, replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule, type Finding, type Fix, type RelatedPlace } from '../../rules/contract.ts';
import { nearestName } from '../../text/nearestName.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import type { Chart } from '../../workspace/helm/chart.ts';
import { chartAt } from '../../workspace/helm/chartsOf.ts';
import { mergedValues } from './mergedValues.ts';
import { valuesSentence } from './valuesSentence.ts';
import { pointer, valuesValidator } from './valuesValidator.ts';

/** Alternatives are judged as a whole: which of them was meant is not known. */
const ALTERNATIVES = new Set(['anyOf', 'oneOf', 'not', 'contains']);

/** Helm installs nothing whose values do not fit values.schema.json, of the chart and of the charts that it depends on. */
export const rule = defineRule({
  id: 'helm/values-rejected',
  severity: 'error',
  profile: 'recommended',
  types: ['helm/Values'],
  equivalents: ['helm:values'],
  *check({ uri, root }, graph) {
    const chart = chartAt(graph, uri);
    if (!chart) return;
    const own = chart.values?.root;
    const layers = own === undefined || own === root ? [root] : [root, own];
    yield* rejections(chart, layers, []);
    for (const { key, chart: child, conditions } of chart.dependencies) {
      const below = layers.flatMap((layer) => layer.find(key) ?? []);
      if (!child || below[0]?.kind !== 'map' || below[0].source !== root.source) continue;
      const isOff = conditions.some((path) => layers.some((layer) => layer.boolean(...path.split('.')) === false));
      if (!isOff) yield* rejections(child, [...below, ...(child.values ? [child.values.root] : [])], [key]);
    }
  },
});

/** `layers` are trees of values, what counts first first; only what stands in the first is spoken of. */
function* rejections(chart: Chart, layers: readonly SourceNode[], prefix: readonly string[]): Generator<Finding> {
  if (!chart.schema) return;
  const validator = valuesValidator(chart.schema.source);
  if (validator.status !== 'ready') return;
  const errors = validator.validate(mergedValues(layers));
  const composite = errors.filter(({ keyword }) => ALTERNATIVES.has(keyword) || keyword === 'if');
  for (const error of errors) {
    // What lies within a failed alternative is said by the alternative, and nothing of what was read in part.
    const around = composite.filter((other) => other !== error && isWithin(error.instancePath, other.instancePath));
    const isPartOfOne = around.some(({ keyword }) => ALTERNATIVES.has(keyword));
    if (error.keyword === 'if' || (isPartOfOne && !ALTERNATIVES.has(error.keyword))) continue;
    const isUncertain = [...around, error].some(
      ({ keyword, instancePath }) =>
        composite.some((other) => other.keyword === keyword) &&
        layers.some((layer) => nodeAt(layer, pointer(instancePath))?.known === false),
    );
    const finding = isUncertain ? undefined : findingOf(error, chart.schema, layers, prefix);
    if (finding) yield finding;
  }
}

function isWithin(path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}/`);
}

function findingOf(
  error: ErrorObject,
  schema: SourceNode,
  layers: readonly SourceNode[],
  prefix: readonly string[],
): Finding | undefined {
  const path = pointer(error.instancePath);
  const unknownKey = error.params['additionalProperty'] ?? error.params['unevaluatedProperty'];
  const place = typeof unknownKey === 'string' ? [...path, unknownKey] : path;
  // What another file sets as well is spoken of where it counts.
  const node = layers[0] && nodeAt(layers[0], place);
  if (!node || node.kind === 'unknown') return undefined;
  const missing = error.params['missingProperty'];
  if (typeof missing === 'string' && layers.some((layer) => nodeAt(layer, path)?.lacks(missing) === false)) {
    return undefined;
  }
  const isKey = typeof unknownKey === 'string' || typeof missing === 'string' || node.kind !== 'scalar';
  const shown = node.parent ? node : (node.entries[0] ?? node);
  return {
    at: isKey ? shown.keyPlace : node,
    message: valuesSentence(error, [...prefix, ...place].join('.'), node),
    related: relatedIn(schema, error),
    fixes: fixesOf(error, node, schema),
    // A value that only whoever installs the chart can give is left out, empty or null on purpose.
    ...(typeof missing === 'string' || isEmpty(node) ? { strict: true as const, severity: 'warning' as const } : {}),
  };
}

/** The value at a path of keys and positions. */
function nodeAt(root: SourceNode, path: readonly string[]): SourceNode | undefined {
  let node: SourceNode | undefined = root;
  for (const segment of path) node = node?.child(node.kind === 'list' ? Number(segment) : segment);
  return node;
}

function isEmpty(node: SourceNode): boolean {
  return node.kind === 'scalar' ? node.scalar === null || node.scalar === '' : node.entries.length === 0;
}

function relatedIn(schema: SourceNode, { schemaPath }: ErrorObject): RelatedPlace[] {
  if (!schemaPath.startsWith('#/')) return [];
  const node = nodeAt(schema, pointer(schemaPath.slice(1)));
  return node ? [{ at: node.keyPlace, message: 'What the schema says' }] : [];
}

function fixesOf({ keyword, params, schemaPath }: ErrorObject, node: SourceNode, schema: SourceNode): Fix[] {
  const unknownKey = params['additionalProperty'];
  if (typeof unknownKey === 'string') {
    const known = nodeAt(schema, [...pointer(schemaPath.slice(1)).slice(0, -1), 'properties'])?.entries ?? [];
    const near = nearestName(
      unknownKey,
      known.flatMap(({ key }) => (key === undefined || node.parent?.find(key) ? [] : key)),
    );
    return near === undefined
      ? []
      : [{ title: `Rename it to ${near}`, safe: true, edits: () => renameKey(node, near) }];
  }
  const wanted = params['type'];
  const written = node.source.slice(node.span);
  if (keyword !== 'type' || node.kind !== 'scalar') return [];
  if (wanted === 'string' && !node.quoted && node.scalar !== null) {
    return [{ title: 'Write it in quotes', safe: true, edits: () => [replaceValue(node, `"${written.trim()}"`)] }];
  }
  const text = String(node.scalar);
  const fits = wanted === 'boolean' ? /^(?:true|false)$/ : wanted === 'integer' ? /^-?\d+$/ : /^-?\d+(?:\.\d+)?$/;
  if (!node.quoted || !['boolean', 'integer', 'number'].includes(String(wanted)) || !fits.test(text)) return [];
  return [{ title: 'Write it without quotes', safe: true, edits: () => [replaceValue(node, text)] }];
}
