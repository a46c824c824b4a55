import type { Scalar } from '../text/sourceNode.ts';

/**
 * JSON Schema's types and two of Kubernetes' own. `quantity` is a number or text such as `250m`; `int-or-string` is
 * what Kubernetes calls IntOrString.
 */
export type SchemaType =
  | 'object'
  | 'array'
  | 'string'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'int-or-string'
  | 'quantity';

/** The assertions of one schema that need no other schema. Names and meanings are those of JSON Schema where it has them. */
export interface SchemaKeywords {
  /** Absent: any value. */
  readonly type?: SchemaType;
  readonly required?: readonly string[];
  readonly enum?: readonly Scalar[];
  readonly pattern?: string;
  /** A name that `formats.ts` knows; others are ignored. */
  readonly format?: string;
  /** Format of the keys of a map. */
  readonly keyFormat?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: boolean;
  readonly exclusiveMaximum?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  /** The fields that together identify an item of the list; two items must not agree in all of them. */
  readonly listKeys?: readonly string[];
  /** The list is a set: no scalar may stand in it twice. */
  readonly uniqueItems?: boolean;
  /** Fields that the schema does not name are accepted. */
  readonly open?: boolean;
  readonly default?: unknown;
}

/** One field of an object. */
export interface SchemaField {
  readonly name: string;
  readonly schema: Schema;
  readonly required: boolean;
  /** What the schema's authors say about it, as Markdown; empty when they say nothing. Reading it may load texts. */
  readonly text: string;
}

/** The schemas that a schema is made of; each is asked for at most once, and only when something needs it. */
export interface SchemaParts {
  readonly fields?: () => ReadonlyMap<string, SchemaField>;
  readonly items?: () => Schema;
  /** The schema of the values of a map with free keys. */
  readonly values?: () => Schema;
  readonly oneOf?: () => readonly Schema[];
  readonly anyOf?: () => readonly Schema[];
  readonly allOf?: () => readonly Schema[];
  readonly not?: () => Schema;
  /** What is said about the type itself, for fields that carry no text of their own. */
  readonly text?: () => string;
}

const NO_FIELDS: ReadonlyMap<string, SchemaField> = new Map();

/** What a value may be, and what is known about it. Immutable; recursive schemas are recursive objects. */
export class Schema {
  readonly keywords: SchemaKeywords;
  readonly #parts: SchemaParts;
  #fields: ReadonlyMap<string, SchemaField> | undefined;
  #items: Schema | undefined;
  #values: Schema | undefined;
  #branches: SchemaBranches | undefined;

  constructor(keywords: SchemaKeywords, parts: SchemaParts = {}) {
    this.keywords = keywords;
    this.#parts = parts;
  }

  get type(): SchemaType | undefined {
    return this.keywords.type;
  }

  get fields(): ReadonlyMap<string, SchemaField> {
    this.#fields ??= this.#parts.fields?.() ?? NO_FIELDS;
    return this.#fields;
  }

  get items(): Schema | undefined {
    this.#items ??= this.#parts.items?.();
    return this.#items;
  }

  get values(): Schema | undefined {
    this.#values ??= this.#parts.values?.();
    return this.#values;
  }

  /** The alternatives, or undefined when the schema has none. */
  get branches(): SchemaBranches | undefined {
    const { oneOf, anyOf, allOf, not } = this.#parts;
    if (!oneOf && !anyOf && !allOf && !not) return undefined;
    this.#branches ??= { oneOf: oneOf?.(), anyOf: anyOf?.(), allOf: allOf?.(), not: not?.() };
    return this.#branches;
  }

  get text(): string {
    return this.#parts.text?.() ?? '';
  }

  /** Fields that the schema does not name are certainly wrong. A schema that names nothing says nothing about fields. */
  get closed(): boolean {
    return this.keywords.open !== true && this.values === undefined && this.fields.size > 0;
  }

  /** The schema of the field `name`, be it named or one of a map's. */
  field(name: string): Schema | undefined {
    return this.fields.get(name)?.schema ?? this.values;
  }
}

export interface SchemaBranches {
  readonly oneOf: readonly Schema[] | undefined;
  readonly anyOf: readonly Schema[] | undefined;
  readonly allOf: readonly Schema[] | undefined;
  readonly not: Schema | undefined;
}

/** Accepts everything and knows nothing. */
export const ANYTHING = new Schema({ open: true });
