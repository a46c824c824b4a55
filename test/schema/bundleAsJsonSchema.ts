import { formatFault, numberFormatFault } from '../../server/src/schema/formats.ts';
import type { EncodedSchema, SchemaBundle } from '../../server/src/schema/schemaBundle.ts';

type Json = Record<string, unknown>;

/**
 * The bundle as one document of JSON Schema, for ajv. Fields may be null, as API servers drop them; objects that name
 * fields and are not open accept no others.
 */
export function bundleAsJsonSchema({ schemas }: SchemaBundle): Json {
  const definitions: Json = {};
  for (const [id, schema] of schemas.entries()) {
    definitions[id] = convert(schema, '');
    definitions[`${ALTERNATIVE}${id}`] = convert(schema, ALTERNATIVE);
  }
  return { $id: 'bundle', $defs: definitions };
}

/** Alternatives constrain what the schema describes; they do not say which fields there are. */
const ALTERNATIVE = 'alternative-';

/** Patterns are written for Go, which knows flags within an expression. */
export const AJV_PATTERNS = {
  regExp: Object.assign(
    (pattern: string) => new RegExp(pattern.replaceAll('(?i)', ''), pattern.includes('(?i)') ? 'i' : ''),
    { code: '' },
  ),
};

/** Formats as ajv wants them. */
export const AJV_FORMATS = {
  ...Object.fromEntries(
    [
      'quantity',
      'duration',
      'date-time',
      'byte',
      'ip',
      'cluster-ip',
      'cidr',
      'dns-label',
      'label-value',
      'qualified-name',
      'port-name',
    ].map((name) => [name, (text: string) => formatFault(name, text) === undefined]),
  ),
  int32: { type: 'number' as const, validate: (value: number) => numberFormatFault('int32', value) === undefined },
  int64: true as const,
  double: true as const,
};

function convert(schema: EncodedSchema, prefix: string): Json {
  const result: Json = {};
  const { fields, type } = schema;
  const reference = (id: number) => ({ $ref: `#/$defs/${prefix}${id}` });
  const nullable = (id: number) => ({ anyOf: [{ type: 'null' }, reference(id)] });
  if (type === 'int-or-string') result['type'] = ['integer', 'string'];
  else if (type === 'quantity') Object.assign(result, { type: ['number', 'string'], format: 'quantity' });
  else if (type !== undefined) result['type'] = type;
  if (fields) {
    const properties: Json = {};
    for (let index = 0; index < fields.length; index += 3) {
      properties[String(fields[index])] = nullable(Number(fields[index + 1]));
    }
    result['properties'] = properties;
    if (schema.values === undefined && schema.open !== true && prefix === '') result['additionalProperties'] = false;
  }
  if (schema.values !== undefined) result['additionalProperties'] = nullable(schema.values);
  if (schema.items !== undefined) result['items'] = nullable(schema.items);
  if (schema.keyFormat !== undefined) result['propertyNames'] = { format: schema.keyFormat };
  const alternative = (id: number) => ({ $ref: `#/$defs/${ALTERNATIVE}${id}` });
  for (const keyword of ['oneOf', 'anyOf'] as const) {
    if (schema[keyword]) result[keyword] = schema[keyword].map(alternative);
  }
  if (schema.not !== undefined) result['not'] = alternative(schema.not);
  for (const keyword of COPIED) if (schema[keyword] !== undefined) result[keyword] = schema[keyword];
  return result;
}

const COPIED = [
  'required',
  'enum',
  'pattern',
  'format',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
] as const;
