import type { Schema, SchemaType } from './schema.ts';

const LABELS: Readonly<Record<SchemaType, string>> = {
  object: 'map',
  array: 'list',
  string: 'string',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  'int-or-string': 'integer or string',
  quantity: 'quantity',
};

const PLURALS: Readonly<Record<SchemaType, string>> = {
  object: 'maps',
  array: 'lists',
  string: 'strings',
  integer: 'integers',
  number: 'numbers',
  boolean: 'booleans',
  'int-or-string': 'integers or strings',
  quantity: 'quantities',
};

/** The type of a schema for people: `integer`, `list of maps`, `map of strings`, `any`. */
export function typeLabel(schema: Schema): string {
  const { type, items, values } = schema;
  if (type === undefined) return schema.fields.size > 0 ? 'map' : items ? 'list' : 'any';
  const part = type === 'array' ? items : type === 'object' && schema.fields.size === 0 ? values : undefined;
  return part?.type === undefined ? LABELS[type] : `${LABELS[type]} of ${PLURALS[part.type]}`;
}
