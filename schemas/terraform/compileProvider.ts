import { type EncodedMember, type EncodedProvider, MEMBER } from '../../server/src/schema/terraform/providerBundle.ts';
import type { Bindings, BoundArgument, BoundClass, DeclaredProperty, ReadAttribute } from './bindings.ts';
import type { DescribedStructure, Descriptions } from './descriptions.ts';
import { documentedValues } from './documentedValues.ts';
import type { ProviderSource } from './sources.ts';

/** A compiled provider, as the bundle stores it. */
export interface CompiledProvider {
  readonly provider: EncodedProvider;
  readonly bodies: readonly string[];
  readonly texts: readonly string[];
}

/**
 * Makes the compact form of a provider: equal structures and equal texts are stored once.
 *
 * @throws Error when the bindings have no resource or no provider configuration, that is when their shape has changed.
 */
export function compileProvider(
  source: ProviderSource,
  folders: Iterable<Bindings>,
  descriptions: Descriptions | undefined,
): CompiledProvider {
  const compiler = new Compiler(descriptions);
  const resources: Record<string, number> = {};
  const dataSources: Record<string, number> = {};
  let configuration: number | undefined;
  let version = '';
  for (const bindings of folders) {
    for (const [name, bound] of bindings.classes) {
      const type = bound.resourceType;
      if (type === undefined) continue;
      version ||= bound.providerVersion ?? '';
      if (bound.base === 'TerraformResource') resources[type] = compiler.root(name, bound, bindings, type, 'resource');
      else if (bound.base === 'TerraformDataSource')
        dataSources[type] = compiler.root(name, bound, bindings, type, 'data');
      else if (bound.base === 'TerraformProvider')
        configuration = compiler.root(name, bound, bindings, type, 'provider');
    }
  }
  if (Object.keys(resources).length === 0 || configuration === undefined || version === '') {
    throw new Error(`The bindings of ${source.source} do not have the expected shape.`);
  }
  const provider = {
    name: source.name,
    source: source.source,
    version,
    resources: sorted(resources),
    dataSources: sorted(dataSources),
    configuration,
  };
  return { provider, bodies: compiler.bodies, texts: compiler.texts };
}

function sorted(numbers: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(numbers).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What one structure is made of. */
interface Structure {
  readonly bindings: Bindings;
  readonly name: string;
  readonly inputs: ReadonlyMap<string, BoundArgument>;
  readonly declared: ReadonlyMap<string, DeclaredProperty>;
  readonly read: BoundClass | undefined;
  readonly described: DescribedStructure | undefined;
}

class Compiler {
  readonly bodies: string[] = [];
  readonly texts: string[] = [''];
  readonly #descriptions: Descriptions | undefined;
  readonly #bodyIds = new Map<string, number>();
  readonly #textIds = new Map<string, number>([['', 0]]);
  /** Of one folder's structures; a number while the structure is being compiled means that it holds itself. */
  #known = new Map<string, number>();
  #open = new Map<string, number | undefined>();

  constructor(descriptions: Descriptions | undefined) {
    this.#descriptions = descriptions;
  }

  root(
    name: string,
    bound: BoundClass,
    bindings: Bindings,
    type: string,
    kind: 'resource' | 'data' | 'provider',
  ): number {
    this.#known = new Map();
    this.#open = new Map();
    const names = new Set([...bound.arguments.keys(), ...bound.attributes.keys()]);
    return this.#body({
      bindings,
      name,
      inputs: bound.arguments,
      declared: bindings.interfaces.get(`${name}Config`) ?? new Map(),
      read: bound,
      described: this.#descriptions?.find(type, kind, names),
    });
  }

  #nested(bindings: Bindings, name: string, described: DescribedStructure | undefined): number {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    if (this.#open.has(name)) {
      const reserved = this.#open.get(name) ?? this.bodies.push('') - 1;
      this.#open.set(name, reserved);
      return reserved;
    }
    this.#open.set(name, undefined);
    const id = this.#body({
      bindings,
      name,
      inputs: bindings.structs.get(name) ?? new Map(),
      declared: bindings.interfaces.get(name) ?? new Map(),
      read: bindings.classes.get(`${name}OutputReference`),
      described,
    });
    this.#open.delete(name);
    this.#known.set(name, id);
    return id;
  }

  #body(structure: Structure): number {
    const { inputs, read } = structure;
    const names = new Set([...inputs.keys(), ...(read?.attributes.keys() ?? []), ...(read?.computed.keys() ?? [])]);
    const members = [...names]
      .sort()
      .map((name) => this.#member(name, structure))
      .filter((member) => member !== undefined);
    const text = JSON.stringify(members.map(trimmed));
    const reserved = this.#open.get(structure.name);
    if (reserved !== undefined) {
      this.bodies[reserved] = text;
      return reserved;
    }
    const known = this.#bodyIds.get(text);
    if (known !== undefined) return known;
    const id = this.bodies.push(text) - 1;
    this.#bodyIds.set(text, id);
    return id;
  }

  #member(name: string, structure: Structure): EncodedMember | undefined {
    const { inputs, declared, read, described, bindings } = structure;
    const input = inputs.get(name);
    const property = declared.get(name);
    const found = described?.member(name);
    const nested = described?.structureOf(name);
    const [type, shape] = input
      ? this.#inputType(input, property, bindings, nested)
      : this.#readType(read?.attributes.get(name), bindings, nested);
    if (type === undefined) return undefined;
    let bits = shape;
    if (!input) bits |= MEMBER.computed;
    else {
      bits |= property?.required ? MEMBER.required : MEMBER.optional;
      // Every resource has an id, whatever else sets it.
      if (read?.computed.has(name) || (name === 'id' && read?.resourceType)) bits |= MEMBER.computed;
      const isBlock = input.struct !== undefined && property?.text === `${name} block`;
      if (isBlock) bits |= MEMBER.block;
      // An object that is no plain block may be either: the bindings do not tell.
      else if (input.struct !== undefined && input.isBlock) bits |= MEMBER.block | MEMBER.argument;
      else bits |= MEMBER.argument;
    }
    const own = property?.text === `${name} block` ? '' : (property?.text ?? '');
    const text = own || found?.text || '';
    const values = documentedValues(text);
    return [name, bits, type, this.#text(text), this.#text(found?.deprecation ?? ''), values];
  }

  #inputType(
    input: BoundArgument,
    property: DeclaredProperty | undefined,
    bindings: Bindings,
    described: DescribedStructure | undefined,
  ): [type: string, bits: number] {
    if (input.struct === undefined) return [primitiveType(input), 0];
    const body = String(this.#nested(bindings, input.struct, described));
    if (input.collection === 'map') return [`m${body}`, 0];
    const prefix = input.collection === 'set' ? 't' : 'l';
    const isMany = property ? /\[\]/.test(property.type) : input.collection !== 'struct';
    if (isMany) return [prefix + body, 0];
    const index = bindings.classes.get(`${input.struct}OutputReference`)?.item;
    return index === 'one' ? [prefix + body, MEMBER.atMostOne] : [body, 0];
  }

  #readType(
    read: ReadAttribute | undefined,
    bindings: Bindings,
    described: DescribedStructure | undefined,
  ): [type: string | undefined, bits: number] {
    if (!read) return [undefined, 0];
    const collection = read.wrapsSet ? 't' : 'l';
    const simple = READ_TYPES[read.by];
    if (simple !== undefined) return [read.wrapsSet && simple.startsWith('l') ? `t${simple.slice(1)}` : simple, 0];
    const nested = (className: string): string => {
      const name = className.replace(/OutputReference$/, '');
      return String(this.#nested(bindings, name, described));
    };
    const bound = bindings.classes.get(read.by);
    if (bound?.base === 'ComplexList' && bound.item) return [collection + nested(bound.item), 0];
    if (bound?.base === 'ComplexMap' && bound.item) return [`m${nested(bound.item)}`, 0];
    if (bound?.base === 'ComplexObject') {
      return bound.item === 'one' ? [collection + nested(read.by), MEMBER.atMostOne] : [nested(read.by), 0];
    }
    return ['d', 0];
  }

  #text(text: string): number {
    const known = this.#textIds.get(text);
    if (known !== undefined) return known;
    const id = this.texts.push(text) - 1;
    this.#textIds.set(text, id);
    return id;
  }
}

/** How the classes read an attribute, and the type that follows. */
const READ_TYPES: Readonly<Record<string, string>> = {
  getStringAttribute: 's',
  getNumberAttribute: 'n',
  getBooleanAttribute: 'b',
  getListAttribute: 'ls',
  getNumberListAttribute: 'ln',
  getStringMapAttribute: 'ms',
  getNumberMapAttribute: 'mn',
  getBooleanMapAttribute: 'mb',
  getAnyMapAttribute: 'md',
  interpolationForAttribute: 'd',
  StringMap: 'ms',
  NumberMap: 'mn',
  BooleanMap: 'mb',
  AnyMap: 'md',
  BooleanList: 'lb',
  NumberList: 'ln',
  StringListList: 'lls',
  NumberListList: 'lln',
  StringMapList: 'lms',
  StringListMap: 'mls',
  AnyMapList: 'lmd',
};

const LETTERS: Readonly<Record<string, string>> = { string: 's', number: 'n', boolean: 'b', any: 'd' };

/** `stringList` with the collection `set` is a set of strings. */
function primitiveType({ storage, collection }: BoundArgument): string {
  const [, item, ...rest] = /^(string|number|boolean|any)((?:List|Map)*)$/.exec(storage) ?? [];
  if (item === undefined) return 'd';
  const collections: string[] = [...(rest[0] ?? '').matchAll(/List|Map/g)]
    .map(([name]) => (name === 'Map' ? 'm' : 'l'))
    .reverse();
  if (collections[0] === 'l' && collection === 'set') collections[0] = 't';
  return collections.join('') + LETTERS[item]!;
}

function trimmed(member: EncodedMember): EncodedMember {
  const [name, bits, type, text = 0, deprecation = 0, values = []] = member;
  if (values.length > 0) return [name, bits, type, text, deprecation, values];
  if (deprecation !== 0) return [name, bits, type, text, deprecation];
  return text === 0 ? [name, bits, type] : [name, bits, type, text];
}
