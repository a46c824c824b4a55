import type { SchemaType } from '../server/src/schema/schema.ts';
import type { BundledPackage, EncodedSchema, SchemaBundle } from '../server/src/schema/schemaBundle.ts';
import type { Scalar } from '../server/src/text/sourceNode.ts';
import { CHECKED_IN_CODE, correct, DECLARED_ONLY, ownType, UNTYPED_COPIES } from './corrections.ts';
import type { DeclaredMember, DeclaredType } from './readDeclaration.ts';
import type { JsonSchema } from './readValidator.ts';

/** One named schema of a package: its validator, and its declaration where there is one. */
export interface Definition {
  readonly schema: JsonSchema;
  readonly text: string;
  readonly declared: DeclaredType | undefined;
}

export interface ResourceModel {
  readonly apiVersion: string;
  readonly kind: string;
  readonly definition: string;
  /** Index into the packages. */
  readonly package: number;
}

export interface CompiledBundle {
  readonly bundle: SchemaBundle;
  readonly texts: readonly string[];
}

const OBJECT_META = 'IoK8sApimachineryPkgApisMetaV1ObjectMeta';

const COPIED_KEYWORDS = [
  'enum',
  'format',
  'pattern',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
] as const;

/**
 * Joins validators (which know types and constraints) with declarations (which know texts, and fields that the
 * validators lost) into the bundle. Schemas that say the same are stored once; definitions that no kind reaches are
 * left out. Pure.
 *
 * @throws Error when a validator refers to a definition that no package has.
 */
export function compileBundle(
  packages: readonly BundledPackage[],
  definitions: ReadonlyMap<string, Definition>,
  models: readonly ResourceModel[],
): CompiledBundle {
  const compiler = new Compiler(definitions);
  const kinds = models
    .toSorted((a, b) => compare(a.kind, b.kind) || compare(a.apiVersion, b.apiVersion))
    .map((model) => [model.apiVersion, model.kind, compiler.resource(model.definition), model.package] as const);
  compiler.finish();
  return { bundle: { packages, kinds, schemas: compiler.schemas }, texts: compiler.texts };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

class Compiler {
  readonly schemas: EncodedSchema[] = [];
  readonly texts: string[] = [''];
  readonly #definitions: ReadonlyMap<string, Definition>;
  readonly #definitionIds = new Map<string, number>();
  readonly #interned = new Map<string, number>();
  readonly #textIds = new Map<string, number>([['', 0]]);

  constructor(definitions: ReadonlyMap<string, Definition>) {
    this.#definitions = definitions;
  }

  /** A kind's schema; every kind has metadata, also where a custom resource definition does not say so. */
  resource(name: string): number {
    const id = this.#definition(name);
    const fields = this.schemas[id]!.fields ?? [];
    if (!fields.includes('metadata')) {
      this.schemas[id] = { ...this.schemas[id], fields: [...fields, 'metadata', this.#definition(OBJECT_META), 0] };
    }
    return id;
  }

  /** Fills in the schemas that are made from finished ones. */
  finish(): void {
    for (const [copy, original] of UNTYPED_COPIES) {
      const id = this.#definitionIds.get(copy);
      if (id === undefined) continue;
      const { type: _, ...untyped } = this.schemas[this.#definition(original)]!;
      this.schemas[id] = untyped;
    }
  }

  #definition(name: string): number {
    const known = this.#definitionIds.get(name);
    if (known !== undefined) return known;
    const definition = this.#get(name);
    const id = this.schemas.push({}) - 1;
    this.#definitionIds.set(name, id);
    if (UNTYPED_COPIES.has(name)) return id;
    const declared = definition.declared ? [definition.declared] : [];
    const encoded = DECLARED_ONLY.has(name)
      ? this.#encodeDeclared(definition.declared!)
      : this.#encode(correct(name, definition.schema), declared, name, name);
    const text = this.#text(definition.text);
    this.schemas[id] = text === 0 ? encoded : { ...encoded, text };
    return id;
  }

  #get(name: string): Definition {
    const definition = this.#definitions.get(name);
    if (!definition) throw new Error(`No package defines ${name}.`);
    return definition;
  }

  /** The index of a schema that stands at `path` (`Definition.field[]`). */
  #schema(schema: JsonSchema, declared: readonly DeclaredType[], path: string): number {
    const reference = soleReference(schema);
    if (reference !== undefined && !CHECKED_IN_CODE[path]) return this.#definition(reference);
    return this.#intern(this.#encode(schema, declared, path));
  }

  #encode(
    written: JsonSchema,
    writtenDeclared: readonly DeclaredType[],
    path: string,
    definition?: string,
  ): EncodedSchema {
    const { schema, declared } = this.#flatten(written, writtenDeclared);
    const encoded: { -readonly [Key in keyof EncodedSchema]: EncodedSchema[Key] } = {};
    const own = ownType(schema, definition);
    if (own) {
      encoded.type = own;
      return { ...encoded, ...CHECKED_IN_CODE[path] };
    }
    if (schema.type !== undefined) encoded.type = schema.type as SchemaType;
    for (const keyword of COPIED_KEYWORDS) {
      if (schema[keyword] !== undefined) (encoded as Record<string, unknown>)[keyword] = schema[keyword];
    }
    if (schema.required && schema.required.length > 0) encoded.required = schema.required;
    const fields = this.#fields(schema, declared, path);
    if (fields.length > 0) encoded.fields = fields;
    if (schema.items) {
      encoded.items = this.#schema(schema.items, declared.flatMap(itemsOf), `${path}[]`);
    }
    if (schema.additionalProperties) {
      encoded.values = this.#schema(schema.additionalProperties, declared.flatMap(valuesOf), `${path}{}`);
    }
    for (const keyword of ['oneOf', 'anyOf'] as const) {
      const branches = schema[keyword];
      if (branches && !branches.some(acceptsAll)) {
        encoded[keyword] = branches.map((branch) => this.#schema(branch, declared, `${path}|`));
      }
    }
    if (schema.not) encoded.not = this.#schema(schema.not, declared, `${path}|`);
    return { ...encoded, ...CHECKED_IN_CODE[path] };
  }

  #fields(schema: JsonSchema, declared: readonly DeclaredType[], path: string): (string | number)[] {
    const members = declared.flatMap((type) => this.#members(type));
    const fields: (string | number)[] = [];
    const properties = schema.properties ?? {};
    for (const [name, property] of Object.entries(properties)) {
      const named = members.filter((member) => member.name === name);
      const text = this.#text(named.find((member) => member.text !== '')?.text ?? '');
      fields.push(
        name,
        this.#schema(
          property,
          named.map((member) => member.type),
          `${path}.${name}`,
        ),
        text,
      );
    }
    // Upstream drops fields from the validators when they are named like a keyword of JSON Schema, e.g. `description`.
    if (schema.type === 'object' && !path.endsWith('|')) {
      for (const member of members) {
        if (properties[member.name] || fields.includes(member.name)) continue;
        fields.push(member.name, this.#intern(this.#encodeDeclared(member.type)), this.#text(member.text));
      }
    }
    return fields;
  }

  #members(type: DeclaredType): readonly DeclaredMember[] {
    switch (type.kind) {
      case 'object':
        return type.members;
      case 'union':
      case 'intersection':
        return type.of.flatMap((part) => this.#members(part));
      default:
        return [];
    }
  }

  #encodeDeclared(type: DeclaredType): EncodedSchema {
    switch (type.kind) {
      case 'array':
        return { type: 'array', items: this.#declared(type.items) };
      case 'object': {
        const fields = type.members.flatMap((member) => [
          member.name,
          this.#declared(member.type),
          this.#text(member.text),
        ]);
        const required = type.members.filter((member) => !member.optional).map((member) => member.name);
        return {
          type: 'object',
          ...(fields.length > 0 && { fields }),
          ...(required.length > 0 && { required }),
          ...(type.values && { values: this.#declared(type.values) }),
        };
      }
      case 'union': {
        const literals = type.of.filter((part) => part.kind === 'literal').map((part) => part.value as Scalar);
        if (literals.length === type.of.length && literals.every((value) => typeof value === 'string')) {
          return { type: 'string', enum: literals };
        }
        return {};
      }
      case 'literal':
        return { enum: [type.value] };
      case 'name':
        return type.name === 'string' || type.name === 'number' || type.name === 'boolean' ? { type: type.name } : {};
      case 'intersection':
        return {};
    }
  }

  /** The index of a declared type; a name that stands for a definition becomes a reference to it. */
  #declared(type: DeclaredType): number {
    if (type.kind === 'name') {
      const full = type.name.slice(1);
      if (this.#definitions.has(full)) return this.#definition(full);
      // Within its own file, an interface is called by its short name.
      for (const name of DECLARED_ONLY) {
        if (this.#get(name).declared && name.endsWith(full) && this.#definitionIds.has(name)) {
          return this.#definition(name);
        }
      }
    }
    return this.#intern(this.#encodeDeclared(type));
  }

  /** Resolves allOf: a type that embeds others has all of their fields. */
  #flatten(
    schema: JsonSchema,
    declared: readonly DeclaredType[],
  ): { schema: JsonSchema; declared: readonly DeclaredType[] } {
    if (!schema.allOf && schema.ref === undefined) return { schema, declared };
    const { allOf = [], ref, ...rest } = schema;
    let merged: JsonSchema = rest;
    let types = declared;
    if (ref !== undefined) {
      const definition = this.#get(ref);
      const base = this.#flatten(correct(ref, definition.schema), definition.declared ? [definition.declared] : []);
      merged = merge(base.schema, merged);
      types = [...types, ...base.declared];
    }
    for (const part of allOf) {
      const base = this.#flatten(part, []);
      merged = merge(base.schema, merged);
      types = [...types, ...base.declared];
    }
    return { schema: merged, declared: types };
  }

  #intern(encoded: EncodedSchema): number {
    const key = JSON.stringify(encoded);
    let id = this.#interned.get(key);
    if (id === undefined) {
      id = this.schemas.push(encoded) - 1;
      this.#interned.set(key, id);
    }
    return id;
  }

  #text(text: string): number {
    let id = this.#textIds.get(text);
    if (id === undefined) {
      id = this.texts.push(text) - 1;
      this.#textIds.set(text, id);
    }
    return id;
  }
}

/** The definition that the schema is, when it says nothing else (a repeated type aside). */
function soleReference(schema: JsonSchema): string | undefined {
  const { type: _, ...rest } = schema;
  const keys = Object.keys(rest);
  if (keys.length !== 1) return undefined;
  if (rest.ref !== undefined) return rest.ref;
  return rest.allOf?.length === 1 ? soleReference(rest.allOf[0]!) : undefined;
}

/** A branch that no value fails makes its whole alternative idle. */
function acceptsAll(schema: JsonSchema): boolean {
  const { properties = {}, ...rest } = schema;
  return Object.keys(rest).length === 0 && Object.values(properties).every(acceptsAll);
}

function merge(base: JsonSchema, schema: JsonSchema): JsonSchema {
  const merged: JsonSchema = { ...base, ...schema };
  if (base.properties || schema.properties) merged.properties = { ...base.properties, ...schema.properties };
  if (base.required || schema.required) {
    merged.required = [...new Set([...(base.required ?? []), ...(schema.required ?? [])])];
  }
  return merged;
}

function itemsOf(type: DeclaredType): DeclaredType[] {
  if (type.kind === 'array') return [type.items];
  return type.kind === 'union' || type.kind === 'intersection' ? type.of.flatMap(itemsOf) : [];
}

function valuesOf(type: DeclaredType): DeclaredType[] {
  if (type.kind === 'object') return type.values ? [type.values] : [];
  return type.kind === 'union' || type.kind === 'intersection' ? type.of.flatMap(valuesOf) : [];
}
