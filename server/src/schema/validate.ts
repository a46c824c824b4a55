import { nearestName } from '../text/nearestName.ts';
import type { SourceNode } from '../text/sourceNode.ts';
import type { Span } from '../text/sourceText.ts';
import { formatFault, numberFormatFault } from './formats.ts';
import { matchesPattern } from './patterns.ts';
import { hasPlaceholder, type ScalarType, scalarType } from './plainScalar.ts';
import { convertScalar, respell } from './replacements.ts';
import { resourceNameFault } from './resourceNames.ts';
import type { Schema, SchemaBranches, SchemaType } from './schema.ts';
import type { ResourceSchema, SchemaOrigin } from './schemaIndex.ts';
import type { SchemaProblem, SchemaProblemCode } from './schemaProblem.ts';

export interface ValidateOptions {
  /** The document is a patch: nothing is missing in it, and it may hold directives such as `$patch`. */
  readonly partial?: boolean;
}

/**
 * Everything in a resource that its schema forbids; what a map lacks comes after what is wrong in it.
 *
 * Only certain faults: templated values, placeholders, null, what a template may add, and what stands below a schema
 * that keeps unknown fields raise nothing. `status` is not looked at: controllers write it. Duplicate keys are the
 * reader's to find. Pure; a Deployment of 70 lines takes some 20 µs.
 *
 * @param root a document of the kind that `resource` describes
 */
export function validateResource(
  root: SourceNode,
  resource: ResourceSchema,
  options: ValidateOptions = {},
): readonly SchemaProblem[] {
  if (root.kind !== 'map') return [];
  const walk = new Walk(root, resource.kind, resource.origin, options.partial === true);
  walk.resource(root, resource.schema);
  return walk.problems;
}

/** The same for a part of a document, such as a pod template that stands in a foreign resource. */
export function validateNode(node: SourceNode, schema: Schema, origin: SchemaOrigin): readonly SchemaProblem[] {
  const walk = new Walk(node, '', origin, false);
  walk.node(node, schema);
  return walk.problems;
}

/** Deeper documents exist only to break readers. */
const MAXIMUM_DEPTH = 200;
const MAXIMUM_QUOTED = 60;

/** Keys that strategic merge patches add to maps, and YAML's merge key where it was not resolved. */
const PATCH_DIRECTIVE = /^\$(?:patch|retainKeys|setElementOrder\/.*|deleteFromPrimitiveList\/.*)$|^<<$/;

class Walk {
  readonly problems: SchemaProblem[] = [];
  /** The object itself; its own parent is a List or the like. */
  readonly #root: SourceNode;
  readonly #kind: string;
  readonly #origin: SchemaOrigin;
  readonly #partial: boolean;
  #depth = 0;
  /** Inside an alternative: it constrains what the schema describes and does not say which fields there are. */
  #constraining = false;

  constructor(root: SourceNode, kind: string, origin: SchemaOrigin, partial: boolean) {
    this.#root = root;
    this.#kind = kind;
    this.#origin = origin;
    this.#partial = partial;
  }

  resource(root: SourceNode, schema: Schema): void {
    this.node(root, schema);
    const name = root.find('metadata', 'name');
    if (typeof name?.scalar !== 'string' || hasPlaceholder(name.scalar)) return;
    const fault = resourceNameFault(this.#kind, this.#origin, name.scalar);
    if (fault) this.#invalid(name, `The name of ${withArticle(this.#kind)} ${fault}: ${this.#quoted(name)}.`);
  }

  node(node: SourceNode, schema: Schema): void {
    if (node.kind === 'unknown' || this.#depth >= MAXIMUM_DEPTH) return;
    // `{{ value }}` outside of a chart: another tool's template, which YAML reads as a map in a map.
    if (node.flow && node.source.text.startsWith('{{', node.span.start)) return;
    this.#depth++;
    const fits =
      node.kind === 'scalar'
        ? this.#scalar(node, schema)
        : node.kind === 'map'
          ? this.#map(node, schema)
          : this.#list(node, schema);
    if (fits && schema.branches) this.#branches(node, schema, schema.branches);
    this.#depth--;
  }

  /** True when the node has the type that the schema asks for, so that its alternatives may be looked at. */
  #map(node: SourceNode, schema: Schema): boolean {
    const { keywords } = schema;
    if (keywords.type !== undefined && keywords.type !== 'object') {
      this.#wrongType(node, keywords.type, 'a map');
      return false;
    }
    const { fields, values } = schema;
    const isRoot = node === this.#root && this.#kind !== '';
    for (const entry of node.entries) {
      const key = entry.key;
      if (key === undefined) continue;
      const field = fields.get(key);
      if (field) {
        if (!isRoot || (key !== 'status' && !(key === 'metadata' && this.#kind.endsWith('List')))) {
          this.node(entry, field.schema);
        }
      } else if (values) {
        if (keywords.keyFormat !== undefined) this.#keyFormat(entry, key, keywords.keyFormat);
        this.node(entry, values);
      } else if (schema.closed && !this.#constraining && !(isRoot && isShell(schema))) {
        this.#unknownField(node, entry, key, schema);
      }
    }
    if (keywords.required && !this.#partial) {
      for (const name of keywords.required) {
        // API servers set defaults before they look for what is missing.
        const isDefault = fields.get(name)?.schema.keywords.default !== undefined;
        if (!node.open && !isDefault && node.child(name) === undefined) this.#missing(node, name);
      }
    }
    const count = node.entries.length;
    if (keywords.maxProperties !== undefined && count > keywords.maxProperties) {
      this.#invalid(node, `${this.#subject(node)} must have at most ${keywords.maxProperties} entries, not ${count}.`);
    }
    if (keywords.minProperties !== undefined && count < keywords.minProperties && !node.open && !this.#partial) {
      this.#invalid(node, `${this.#subject(node)} must have at least ${entryCount(keywords.minProperties)}.`);
    }
    return true;
  }

  #list(node: SourceNode, schema: Schema): boolean {
    const { keywords, items } = schema;
    if (keywords.type !== undefined && keywords.type !== 'array') {
      // `[YOUR_PROJECT]`: documentation that leaves a name to its reader.
      const [only] = node.items;
      if (node.flow && node.items.length === 1 && /^[A-Z][A-Z\d_ -]+$/.test(only?.text() ?? '')) return false;
      this.#wrongType(node, keywords.type, 'a list');
      return false;
    }
    if (items) for (const item of node.items) this.node(item, items);
    const count = node.items.length;
    if (keywords.maxItems !== undefined && count > keywords.maxItems) {
      this.#invalid(node, `${this.#subject(node)} must have at most ${keywords.maxItems} items, not ${count}.`);
    }
    if (keywords.minItems !== undefined && count < keywords.minItems && !node.open && !this.#partial) {
      this.#invalid(node, `${this.#subject(node)} must have at least ${itemCount(keywords.minItems)}.`);
    }
    if (keywords.listKeys) this.#duplicateItems(node, keywords.listKeys);
    if (keywords.uniqueItems) this.#duplicateScalars(node);
    return true;
  }

  #scalar(node: SourceNode, schema: Schema): boolean {
    const read = scalarType(node);
    if (read === 'null' || read === 'unclear') return false;
    const { keywords } = schema;
    if (keywords.type !== undefined && !accepts(keywords.type, read)) {
      this.#wrongType(node, keywords.type, SCALAR_NAMES[read]);
      return false;
    }
    if (keywords.enum && !keywords.enum.includes(node.scalar ?? null)) this.#enum(node, schema);
    if (typeof node.scalar === 'string') this.#text(node, node.scalar, schema);
    else if (typeof node.scalar === 'number') this.#number(node, node.scalar, schema);
    return true;
  }

  #text(node: SourceNode, text: string, schema: Schema): void {
    const { keywords } = schema;
    const format = keywords.type === 'quantity' ? 'quantity' : keywords.format;
    const fault = format === undefined ? undefined : formatFault(format, text);
    if (fault) this.#invalid(node, `${this.#quoted(node)} ${fault}.`);
    if (keywords.pattern !== undefined && keywords.type !== 'quantity') {
      if (matchesPattern(keywords.pattern, text) === false) {
        this.#invalid(
          node,
          `${this.#quoted(node)} does not match the pattern of ${this.#name(node)}: ${keywords.pattern}`,
        );
      }
    }
    const { minLength, maxLength } = keywords;
    if (maxLength !== undefined && text.length > maxLength && [...text].length > maxLength) {
      this.#invalid(node, `${this.#subject(node)} must have at most ${maxLength} characters, not ${[...text].length}.`);
    }
    if (minLength !== undefined && [...text].length < minLength) {
      const least = minLength === 1 ? 'must not be empty' : `must have at least ${minLength} characters`;
      this.#invalid(node, `${this.#subject(node)} ${least}.`);
    }
  }

  #number(node: SourceNode, read: number, schema: Schema): void {
    // The API server still reads a number with a leading zero as YAML 1.1 did: 0755 is octal, as file modes are written.
    const written = node.source.slice(node.span);
    const number = /^0[0-7]+$/.test(written) ? Number.parseInt(written, 8) : read;
    const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, format } = schema.keywords;
    if (minimum !== undefined && (exclusiveMinimum ? number <= minimum : number < minimum)) {
      const bound = exclusiveMinimum ? `more than ${minimum}` : `at least ${minimum}`;
      this.#invalid(node, `${this.#subject(node)} must be ${bound}, not ${number}.`);
    }
    if (maximum !== undefined && (exclusiveMaximum ? number >= maximum : number > maximum)) {
      const bound = exclusiveMaximum ? `less than ${maximum}` : `at most ${maximum}`;
      this.#invalid(node, `${this.#subject(node)} must be ${bound}, not ${number}.`);
    }
    const fault = format === undefined ? undefined : numberFormatFault(format, number);
    if (fault) this.#invalid(node, `${number} ${fault}.`);
  }

  #unknownField(map: SourceNode, entry: SourceNode, key: string, schema: Schema): void {
    if (hasPlaceholder(key) || PATCH_DIRECTIVE.test(key)) return;
    // A chart that chooses the version of the API chooses the fields with it.
    if (this.#root.child('apiVersion')?.kind === 'unknown') return;
    const near = nearestName(key, freeNames(map, schema));
    const hint = near === undefined ? '' : ` Did you mean \`${near}\`?`;
    const span = entry.keySpan ?? entry.span;
    this.#report('schema/unknown-field', entry, span, `\`${key}\` is not a field of ${this.#name(map)}.${hint}`, {
      ...(near !== undefined && { replacement: respell(`Rename to \`${near}\``, entry, span, key, near) }),
    });
  }

  #missing(map: SourceNode, name: string): void {
    const message = `\`${name}\` is missing in ${this.#name(map)}.`;
    this.#report('schema/missing-field', map, this.#headOf(map), message, { missing: name });
  }

  #wrongType(node: SourceNode, wanted: SchemaType, found: string): void {
    const replacement = node.kind === 'scalar' ? convertScalar(node, wanted) : undefined;
    const span = node.kind === 'scalar' ? node.span : (node.keySpan ?? node.span);
    const message = `${this.#subject(node)} must be ${TYPE_NAMES[wanted]}, not ${found}.`;
    this.#report('schema/wrong-type', node, span, message, { ...(replacement && { replacement }) });
  }

  #enum(node: SourceNode, schema: Schema): void {
    // API servers take an empty text for a field that is not set, and fill in the default.
    if (node.scalar === '' && this.#origin === 'kubernetes') return;
    const names = (schema.keywords.enum ?? []).map(String).filter((name) => name !== '');
    const near = nearestName(String(node.scalar), names);
    const known = names.length <= 12 ? ` (${names.map((name) => `\`${name}\``).join(', ')})` : '';
    const hint = near === undefined ? known : `. Did you mean \`${near}\`?`;
    const message = `${this.#quoted(node)} is not a value of ${this.#name(node)}${hint}${near === undefined ? '.' : ''}`;
    this.#report('schema/invalid-value', node, node.span, message, {
      severity: this.#origin === 'package' ? 'warning' : 'error',
      ...(near !== undefined && {
        replacement: respell(`Use \`${near}\``, node, node.span, String(node.scalar), near),
      }),
    });
  }

  #keyFormat(entry: SourceNode, key: string, format: string): void {
    if (hasPlaceholder(key)) return;
    const fault = formatFault(format, key);
    if (!fault) return;
    const message = `The key \`${key}\` ${fault}.`;
    this.#report('schema/invalid-value', entry, entry.keySpan ?? entry.span, message);
  }

  #duplicateItems(list: SourceNode, keys: readonly string[]): void {
    const seen = new Map<string, SourceNode>();
    for (const item of list.items) {
      const values = keys.map((key) => item.find(key)?.scalar);
      if (values.some((value) => value === undefined || value === null || hasPlaceholder(String(value)))) continue;
      const identity = JSON.stringify(values);
      const first = seen.get(identity);
      if (!first) {
        seen.set(identity, item);
        continue;
      }
      // Of two branches of a template only one is printed.
      if (item.source.text.slice(first.span.end, item.span.start).includes('{{')) continue;
      const at = item.find(keys[0]!) ?? item;
      const words = keys.map((key, index) => `${key} \`${String(values[index])}\``).join(' and ');
      const related = [{ span: (first.find(keys[0]!) ?? first).span, message: `The first item with ${words}.` }];
      this.#report('schema/invalid-value', at, at.span, `${this.#subject(list)} has two items with ${words}.`, {
        related,
      });
    }
  }

  #duplicateScalars(list: SourceNode): void {
    const seen = new Map<string, SourceNode>();
    for (const item of list.items) {
      const { scalar } = item;
      if (scalar === undefined || scalar === null || hasPlaceholder(String(scalar))) continue;
      const identity = JSON.stringify(scalar);
      const first = seen.get(identity);
      if (first) {
        const related = [{ span: first.span, message: 'It stands here already.' }];
        const message = `${this.#quoted(item)} stands in ${this.#name(list)} twice.`;
        this.#report('schema/invalid-value', item, item.span, message, { related });
      } else {
        seen.set(identity, item);
      }
    }
  }

  #branches(node: SourceNode, schema: Schema, { oneOf, anyOf, allOf, not }: SchemaBranches): void {
    const outer = this.#constraining;
    this.#constraining = true;
    for (const branch of allOf ?? []) this.node(node, branch);
    this.#constraining = outer;
    // API servers set defaults first, which then decide between the alternatives.
    if (oneOf && !oneOf.some((branch) => isDefaulted(node, schema, branch))) this.#oneOf(node, oneOf);
    if (anyOf?.every((branch) => this.#matches(node, branch) === false)) this.#noAlternative(node, anyOf);
    if (not && this.#matches(node, not) === true) {
      const names = not.keywords.required ?? [];
      const what = names.length > 0 ? `must not have ${list(names, 'and')}` : 'has a form that is not allowed';
      this.#invalid(node, `${this.#subject(node)} ${what}.`);
    }
  }

  #oneOf(node: SourceNode, branches: readonly Schema[]): void {
    const results = branches.map((branch) => this.#matches(node, branch));
    const matching = branches.filter((_, index) => results[index] === true);
    if (matching.length > 1) {
      const names = [...new Set(matching.flatMap((branch) => branch.keywords.required ?? []))];
      const second = node.entries.filter((entry) => names.includes(entry.key ?? ''))[1];
      const message =
        names.length > 1
          ? `${this.#subject(node)} may only have one of ${list(names, 'and')}.`
          : `${this.#subject(node)} has more than one of the forms that it may have.`;
      this.#report('schema/invalid-value', second ?? node, second?.keySpan ?? this.#headOf(node), message);
    } else if (matching.length === 0 && results.every((result) => result === false) && !this.#partial) {
      this.#noAlternative(node, branches);
    }
  }

  #noAlternative(node: SourceNode, branches: readonly Schema[]): void {
    if (this.#partial) return;
    const names = [...new Set(branches.flatMap((branch) => branch.keywords.required ?? []))];
    const what = names.length > 0 ? `must have one of ${list(names, 'and')}` : 'has none of the forms that it may have';
    const span = node.kind === 'scalar' ? node.span : this.#headOf(node);
    this.#report('schema/invalid-value', node, span, `${this.#subject(node)} ${what}.`);
  }

  /** Whether the node certainly is (true) or is not (false) what `schema` says; undefined when a template decides. */
  #matches(node: SourceNode, schema: Schema): boolean | undefined {
    if (node.kind === 'unknown') return undefined;
    const trial = new Walk(this.#root, this.#kind, this.#origin, false);
    trial.#depth = this.#depth;
    trial.#constraining = true;
    trial.node(node, schema);
    if (trial.problems.length > 0) return false;
    const required = schema.keywords.required ?? [];
    const undecided = required.some((name) => {
      const child = node.child(name);
      return child === undefined ? node.open : child.kind === 'scalar' && child.scalar === null;
    });
    if (undecided) return undefined;
    const { oneOf, anyOf, not } = schema.branches ?? {};
    const results = (branches: readonly Schema[]) => branches.map((branch) => this.#matches(node, branch));
    if (oneOf && results(oneOf).includes(undefined)) return undefined;
    if (anyOf && !results(anyOf).includes(true)) return undefined;
    if (not && this.#matches(node, not) === undefined) return undefined;
    return node.kind === 'scalar' && scalarType(node) === 'unclear' ? undefined : true;
  }

  #invalid(node: SourceNode, message: string): void {
    this.#report('schema/invalid-value', node, node.kind === 'scalar' ? node.span : this.#headOf(node), message);
  }

  #report(
    code: SchemaProblemCode,
    node: SourceNode,
    span: Span,
    message: string,
    more: Partial<SchemaProblem> = {},
  ): void {
    const severity = code === 'schema/unknown-field' && this.#origin === 'package' ? 'warning' : 'error';
    this.problems.push({ code, severity, node, span, message, ...more });
  }

  /** Where something about a whole collection is shown: its key, or the first key in it. */
  #headOf(node: SourceNode): Span {
    if (node.keySpan && node !== this.#root) return node.keySpan;
    const kind = node === this.#root ? node.child('kind') : undefined;
    return kind?.keySpan ?? node.entries[0]?.keySpan ?? node.span;
  }

  /** How a message calls a node within a sentence. */
  #name(node: SourceNode): string {
    if (node === this.#root) return this.#kind === '' ? 'the document' : withArticle(this.#kind);
    if (typeof node.segment === 'number') {
      const owner = node.parent?.key;
      return owner === undefined ? 'an item' : `an item of \`${owner}\``;
    }
    return `\`${node.key ?? ''}\``;
  }

  /** How a message calls a node at its start. */
  #subject(node: SourceNode): string {
    const name = this.#name(node);
    return name[0]!.toUpperCase() + name.slice(1);
  }

  /** The value as the user wrote it; never of a Secret, whose values must not be shown. */
  #quoted(node: SourceNode): string {
    const field = String(node.path[this.#root.path.length]);
    const secret = this.#kind === 'Secret' && (field === 'data' || field === 'stringData');
    const text = String(node.scalar);
    return secret || text.length > MAXIMUM_QUOTED ? 'The value' : `\`${text}\``;
  }
}

const TYPE_NAMES: Readonly<Record<SchemaType, string>> = {
  object: 'a map',
  array: 'a list',
  string: 'a string',
  integer: 'an integer',
  number: 'a number',
  boolean: 'a boolean',
  'int-or-string': 'an integer or a string',
  quantity: 'a quantity',
};

const SCALAR_NAMES: Readonly<Record<Exclude<ScalarType, 'null' | 'unclear'>, string>> = {
  string: 'a string',
  integer: 'a number',
  number: 'a number',
  boolean: 'a boolean',
};

/** A schema that describes nothing but what all kinds have: the kind is known, and its fields are not. */
function isShell(schema: Schema): boolean {
  return [...schema.fields.keys()].every((name) => /^(?:apiVersion|kind|metadata|status)$/.test(name));
}

/** Whether an alternative speaks of a field that is not written and has a default. */
function isDefaulted(node: SourceNode, schema: Schema, branch: Schema): boolean {
  return [...branch.fields.keys()].some(
    (name) => !node.child(name) && schema.fields.get(name)?.schema.keywords.default !== undefined,
  );
}

function accepts(type: SchemaType, read: ScalarType): boolean {
  switch (type) {
    case 'number':
      return read === 'number' || read === 'integer';
    case 'int-or-string':
      return read === 'integer' || read === 'string';
    case 'quantity':
      return read !== 'boolean';
    default:
      return type === read;
  }
}

function* freeNames(map: SourceNode, schema: Schema): Iterable<string> {
  for (const name of schema.fields.keys()) if (!map.child(name)) yield name;
}

function withArticle(kind: string): string {
  return /^(?:[AEIO]|HTTP)/.test(kind) ? `an ${kind}` : `a ${kind}`;
}

function list(names: readonly string[], word: string): string {
  const quoted = names.map((name) => `\`${name}\``);
  return quoted.length < 2 ? quoted.join() : `${quoted.slice(0, -1).join(', ')} ${word} ${quoted.at(-1)}`;
}

function entryCount(count: number): string {
  return count === 1 ? 'one entry' : `${count} entries`;
}

function itemCount(count: number): string {
  return count === 1 ? 'one item' : `${count} items`;
}
