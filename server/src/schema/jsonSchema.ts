import type { Scalar } from '../text/sourceNode.ts';
import { ANYTHING, Schema, type SchemaField, type SchemaKeywords, type SchemaType } from './schema.ts';

/** Marks an object or list of a schema document that a template may add to, so that nothing missing proves anything. */
export const MAY_HOLD_MORE: unique symbol = Symbol('may hold more');

export interface JsonSchemaContext {
  /** The schema that a `$ref` stands for; undefined when there is none. */
  resolve(reference: string): Schema | undefined;
  /** ObjectMeta, for embedded resources. */
  readonly objectMeta: Schema;
}

type Json = Record<string | symbol, unknown>;

const TYPES: ReadonlySet<string> = new Set(['object', 'array', 'string', 'integer', 'number', 'boolean']);

/**
 * Reads an OpenAPI v3 schema with Kubernetes' extensions, as custom resource definitions and API servers write it.
 * Parts are read when they are asked for. What is not a schema, or not known, accepts everything.
 */
export function schemaFromJson(value: unknown, context: JsonSchemaContext): Schema {
  if (!isObject(value)) return ANYTHING;
  const reference = referenceOf(value);
  if (reference !== undefined) {
    const target = context.resolve(reference);
    if (!target) return ANYTHING;
    // A reference with a text or default of its own: the text belongs to the field, which reads it there.
    return target;
  }
  const properties = isObject(value['properties']) ? value['properties'] : undefined;
  const { items, not } = value;
  const additional = value['additionalProperties'];
  const read = (schema: unknown) => schemaFromJson(schema, context);
  const readAll = (schemas: readonly unknown[]) => () => schemas.map(read);
  const keywords = keywordsOf(value, properties);
  const plain = keywords.type !== 'int-or-string' && keywords.type !== 'quantity';
  const branches = (name: 'oneOf' | 'anyOf' | 'allOf') =>
    plain && Array.isArray(value[name]) ? value[name] : undefined;
  const oneOf = branches('oneOf');
  const anyOf = branches('anyOf');
  const allOf = branches('allOf');
  const embedded = value['x-kubernetes-embedded-resource'] === true;
  return new Schema(keywords, {
    ...((properties || embedded) && { fields: () => fieldsOf(properties ?? {}, keywords, embedded, context) }),
    ...(isObject(items) && { items: () => read(items) }),
    ...(isObject(additional) && { values: () => read(additional) }),
    ...(oneOf && { oneOf: readAll(oneOf) }),
    ...(anyOf && { anyOf: readAll(anyOf) }),
    ...(allOf && { allOf: readAll(allOf) }),
    ...(isObject(not) && { not: () => read(not) }),
    text: () => textOf(value),
  });
}

/** `{$ref}`, and the form with which OpenAPI v3 adds a default to it: `{allOf: [{$ref}], default}`. */
function referenceOf(value: Json): string | undefined {
  if (typeof value['$ref'] === 'string') return value['$ref'];
  const allOf = value['allOf'];
  if (Array.isArray(allOf) && allOf.length === 1 && isObject(allOf[0]) && !value['properties']) {
    return typeof allOf[0]['$ref'] === 'string' ? allOf[0]['$ref'] : undefined;
  }
  return undefined;
}

function fieldsOf(
  properties: Json,
  keywords: SchemaKeywords,
  embedded: boolean,
  context: JsonSchemaContext,
): Map<string, SchemaField> {
  const fields = new Map<string, SchemaField>();
  const add = (name: string, schema: Schema, text: string) =>
    fields.set(name, { name, schema, required: keywords.required?.includes(name) === true, text });
  if (embedded) {
    add('apiVersion', new Schema({ type: 'string' }), '');
    add('kind', new Schema({ type: 'string' }), '');
    add('metadata', context.objectMeta, '');
  }
  for (const [name, property] of Object.entries(properties)) {
    // Definitions write `metadata: {type: object}` and mean ObjectMeta.
    if (embedded && name === 'metadata') continue;
    const schema = schemaFromJson(property, context);
    add(name, schema, (isObject(property) ? textOf(property) : '') || schema.text);
  }
  return fields;
}

function keywordsOf(value: Json, properties: Json | undefined): SchemaKeywords {
  const additional = value['additionalProperties'];
  const type = typeOf(value);
  const open =
    value['x-kubernetes-preserve-unknown-fields'] === true ||
    value['x-preserve-unknown-fields'] === true ||
    additional === true ||
    value[MAY_HOLD_MORE] === true ||
    properties?.[MAY_HOLD_MORE] === true;
  const required = strings(value['required']);
  const listKeys = value['x-kubernetes-list-type'] === 'map' ? strings(value['x-kubernetes-list-map-keys']) : undefined;
  const values = Array.isArray(value['enum']) && !mayHoldMore(value['enum']) ? value['enum'] : undefined;
  return {
    ...(type && { type }),
    ...(open && { open }),
    ...(required && { required }),
    ...(listKeys && { listKeys }),
    ...(value['x-kubernetes-list-type'] === 'set' && { uniqueItems: true }),
    ...(values?.every(isScalar) && { enum: values }),
    ...(typeof value['format'] === 'string' && { format: value['format'] }),
    ...(typeof value['pattern'] === 'string' && { pattern: value['pattern'] }),
    ...(value['exclusiveMinimum'] === true && { exclusiveMinimum: true }),
    ...(value['exclusiveMaximum'] === true && { exclusiveMaximum: true }),
    ...limitsOf(value),
    ...('default' in value && value['default'] !== undefined && { default: value['default'] }),
  };
}

const LIMITS = [
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
] as const;

function limitsOf(value: Json): Partial<Record<(typeof LIMITS)[number], number>> {
  const limits: Partial<Record<(typeof LIMITS)[number], number>> = {};
  for (const name of LIMITS) {
    const limit = value[name];
    if (typeof limit === 'number') limits[name] = limit;
  }
  return limits;
}

/** OpenAPI's own name for Quantity; definitions generated from Go carry its pattern instead. */
const QUANTITY_PATTERN = '^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE]';

function typeOf(value: Json): SchemaType | undefined {
  const { type, format, pattern } = value;
  const eitherWay = value['x-kubernetes-int-or-string'] === true || format === 'int-or-string' || mixes(value);
  if (format === 'quantity') return 'quantity';
  if (eitherWay)
    return typeof pattern === 'string' && pattern.startsWith(QUANTITY_PATTERN) ? 'quantity' : 'int-or-string';
  return typeof type === 'string' && TYPES.has(type) ? (type as SchemaType) : undefined;
}

/** The alternatives are an integer and a text. */
function mixes(value: Json): boolean {
  const branches = value['oneOf'] ?? value['anyOf'];
  if (!Array.isArray(branches) || branches.length !== 2) return false;
  const types = branches.map((branch) => (isObject(branch) ? branch['type'] : undefined));
  return types.includes('string') && types.includes('integer');
}

function textOf(value: Json): string {
  return typeof value['description'] === 'string' ? value['description'] : '';
}

function strings(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const texts = value.filter((item) => typeof item === 'string');
  return texts.length > 0 ? texts : undefined;
}

function mayHoldMore(list: readonly unknown[]): boolean {
  return (list as unknown as Json)[MAY_HOLD_MORE] === true;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isScalar(value: unknown): value is Scalar {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
