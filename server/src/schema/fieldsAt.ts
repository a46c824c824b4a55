import type { PathSegment, Scalar, SourceNode } from '../text/sourceNode.ts';
import type { Schema, SchemaField } from './schema.ts';
import { allFields, schemaAt } from './schemaAt.ts';
import { typeLabel } from './typeLabel.ts';

/** What must at least be written for a value to be valid. */
export type Skeleton =
  | { readonly kind: 'scalar'; readonly values: readonly Scalar[] }
  | { readonly kind: 'map'; readonly fields: readonly SkeletonField[] }
  | { readonly kind: 'list'; readonly item: Skeleton };

export interface SkeletonField {
  readonly name: string;
  readonly value: Skeleton;
}

/** A field that may be written at a place. */
export interface FieldSuggestion {
  readonly name: string;
  /** For people, e.g. `list of maps`. */
  readonly type: string;
  readonly required: boolean;
  readonly schema: Schema;
  /** What is allowed, where that is a closed set. */
  readonly values: readonly Scalar[];
  readonly skeleton: Skeleton;
  /** Its documentation as Markdown; reading it may load texts. */
  readonly text: string;
}

/**
 * The fields that may be written in the map at `path`: required ones first, then by name. Without those that `present`
 * already has. Empty where the schema names no fields.
 */
export function fieldsAt(schema: Schema, path: readonly PathSegment[], present?: SourceNode): FieldSuggestion[] {
  const place = schemaAt(schema, path);
  if (!place) return [];
  const suggestions: FieldSuggestion[] = [];
  for (const field of allFields(place.schema).values()) {
    if (present?.child(field.name) === undefined) suggestions.push(new Suggestion(field));
  }
  return suggestions.sort((a, b) => Number(b.required) - Number(a.required) || compare(a.name, b.name));
}

/** The values that may stand at `path`; empty where the schema does not list them. */
export function valuesAt(schema: Schema, path: readonly PathSegment[]): readonly Scalar[] {
  const place = schemaAt(schema, path);
  return place ? valuesOf(place.schema) : [];
}

/** The least that is valid for `schema`: its required fields, theirs, and one item of each list that needs one. */
export function skeletonOf(schema: Schema, depth = 0): Skeleton {
  const { type, items, fields } = schema;
  if (type === 'array' || (type === undefined && items)) {
    return { kind: 'list', item: items && depth < MAXIMUM_DEPTH ? skeletonOf(items, depth + 1) : NOTHING };
  }
  if (type === 'object' || (type === undefined && fields.size > 0)) {
    const required = depth < MAXIMUM_DEPTH ? [...fields.values()].filter((field) => field.required) : [];
    return {
      kind: 'map',
      fields: required.map(({ name, schema }) => ({ name, value: skeletonOf(schema, depth + 1) })),
    };
  }
  return { kind: 'scalar', values: valuesOf(schema) };
}

const MAXIMUM_DEPTH = 5;
const NOTHING: Skeleton = { kind: 'scalar', values: [] };
const BOOLEANS: readonly Scalar[] = [true, false];

/** Built when looked at: most suggestions of a list are never shown in full. */
class Suggestion implements FieldSuggestion {
  readonly #field: SchemaField;

  constructor(field: SchemaField) {
    this.#field = field;
  }

  get name(): string {
    return this.#field.name;
  }

  get type(): string {
    return typeLabel(this.#field.schema);
  }

  get required(): boolean {
    return this.#field.required;
  }

  get schema(): Schema {
    return this.#field.schema;
  }

  get values(): readonly Scalar[] {
    return valuesOf(this.#field.schema);
  }

  get skeleton(): Skeleton {
    return skeletonOf(this.#field.schema);
  }

  get text(): string {
    return this.#field.text;
  }
}

function valuesOf(schema: Schema): readonly Scalar[] {
  const { keywords, type } = schema;
  if (keywords.enum) return keywords.enum.filter((value) => value !== '' && value !== null);
  return type === 'boolean' ? BOOLEANS : [];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
