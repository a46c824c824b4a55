import type { ValuePath } from '../../languages/helm/templateShape.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import type { Chart } from './chart.ts';

/** References that lead further than this go in a circle. */
const REFERENCE_LIMIT = 20;

/** The parts of `values.schema.json`, of the chart and of its dependencies, that describe the value at `path`. */
export function schemasAt(chart: Chart, path: ValuePath): SourceNode[] {
  const found = chart.schema ? descend(chart.schema, path) : [];
  const child = chart.dependencies.find(({ key }) => key === path[0])?.chart;
  return child?.schema ? [...found, ...descend(child.schema, path.slice(1))] : found;
}

/** A schema names the value at `path`, or leaves open what stands there. */
export function schemaAllows(chart: Chart, path: ValuePath): boolean {
  return schemasAt(chart, path).length > 0;
}

/** The property entry that declares the last segment of `path`, whose key is its name. */
export function schemaPropertiesAt(chart: Chart, path: ValuePath): SourceNode[] {
  const name = path.at(-1);
  if (typeof name !== 'string') return [];
  return schemasAt(chart, path.slice(0, -1)).flatMap((schema) => schema.find('properties', name) ?? []);
}

function descend(root: SourceNode, path: ValuePath): SourceNode[] {
  let schemas = expand(root, 0);
  for (const segment of path) {
    schemas = schemas.flatMap((schema) => inside(schema, segment)).flatMap((schema) => expand(schema, 0));
    if (schemas.length === 0) break;
  }
  return schemas;
}

function inside(schema: SourceNode, segment: string | null): SourceNode[] {
  if (segment === null) {
    const element = schema.find('items') ?? schema.find('additionalProperties');
    return element?.kind === 'map' ? [element] : [];
  }
  const property = schema.find('properties', segment);
  if (property) return [property];
  for (const pattern of schema.find('patternProperties')?.entries ?? []) {
    if (matches(pattern.key ?? '', segment)) return [pattern];
  }
  const rest = schema.find('additionalProperties');
  return rest?.kind === 'map' ? [rest] : [];
}

function matches(pattern: string, name: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(name);
  } catch {
    // A pattern that is no expression describes nothing; the schema's own check reports it.
    return false;
  }
}

/** A schema with those that it joins: what it refers to and what it combines. */
function expand(schema: SourceNode, depth: number): SourceNode[] {
  if (depth > REFERENCE_LIMIT) return [];
  const target = referenced(schema);
  const joined = ['allOf', 'anyOf', 'oneOf'].flatMap((key) => schema.find(key)?.items ?? []);
  return [schema, ...[...(target ? [target] : []), ...joined].flatMap((part) => expand(part, depth + 1))];
}

/** Only references within the file are followed. */
function referenced(schema: SourceNode): SourceNode | undefined {
  const reference = schema.text('$ref');
  if (!reference?.startsWith('#')) return undefined;
  const segments = reference
    .slice(1)
    .split('/')
    .filter((segment) => segment !== '')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
  return schema.root.find(...segments);
}
