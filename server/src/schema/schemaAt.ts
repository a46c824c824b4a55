import type { PathSegment } from '../text/sourceNode.ts';
import type { Schema, SchemaField } from './schema.ts';

/** What a schema says about one place in a document. */
export interface SchemaPlace {
  readonly schema: Schema;
  /** The named field at whose value the place is; undefined for roots, items, and values of maps with free keys. */
  readonly field: SchemaField | undefined;
}

/**
 * The schema of the value at `path`, through fields, items, maps with free keys and alternatives; undefined where the
 * schema knows nothing about it.
 */
export function schemaAt(schema: Schema, path: readonly PathSegment[]): SchemaPlace | undefined {
  let place: SchemaPlace = { schema, field: undefined };
  for (const segment of path) {
    const next = step(place.schema, segment);
    if (!next) return undefined;
    place = next;
  }
  return place;
}

/** All named fields of an object, those of its alternatives included. */
export function allFields(schema: Schema): ReadonlyMap<string, SchemaField> {
  const branches = branchesOf(schema);
  if (branches.length === 0) return schema.fields;
  const fields = new Map(schema.fields);
  for (const branch of branches) {
    for (const [name, field] of allFields(branch)) if (!fields.has(name)) fields.set(name, field);
  }
  return fields;
}

function step(schema: Schema, segment: PathSegment): SchemaPlace | undefined {
  if (typeof segment === 'number') {
    if (schema.items) return { schema: schema.items, field: undefined };
  } else {
    const field = schema.fields.get(segment);
    if (field) return { schema: field.schema, field };
    if (schema.values) return { schema: schema.values, field: undefined };
  }
  for (const branch of branchesOf(schema)) {
    const place = step(branch, segment);
    if (place) return place;
  }
  return undefined;
}

function branchesOf(schema: Schema): readonly Schema[] {
  const { oneOf, anyOf, allOf } = schema.branches ?? {};
  return [...(allOf ?? []), ...(oneOf ?? []), ...(anyOf ?? [])];
}
