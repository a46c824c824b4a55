import {
  type EncodedBody,
  type EncodedMember,
  type EncodedProvider,
  MEMBER,
  type ProviderFiles,
} from './providerBundle.ts';
import type {
  ProviderSchema,
  TerraformBody,
  TerraformMember,
  TerraformTypeSchema,
  TerraformValueType,
} from './terraformSchema.ts';

const LINE_FEED = 10;

/**
 * A provider of the bundle. The list of types is read at the first question, bodies with the first resource, and texts with
 * the first hover; a body becomes objects when something asks for it.
 */
export class BundledProvider implements ProviderSchema {
  readonly name: string;
  readonly origin: ProviderSchema['origin'];
  readonly #files: ProviderFiles;
  readonly #types = new Map<string, TerraformTypeSchema | undefined>();
  readonly #bodies = new Map<number, TerraformBody>();
  #encoded: EncodedProvider | undefined;
  #lines: { readonly bytes: Uint8Array; readonly starts: readonly number[] } | undefined;
  #texts: readonly string[] | undefined;

  constructor(name: string, files: ProviderFiles, origin: ProviderSchema['origin'] = 'bundle') {
    this.name = name;
    this.origin = origin;
    this.#files = files;
  }

  get #provider(): EncodedProvider {
    this.#encoded ??= this.#files.provider(this.name);
    return this.#encoded;
  }

  get source(): string {
    return this.#provider.source;
  }

  get version(): string | undefined {
    return this.#provider.version || undefined;
  }

  types(kind: 'resource' | 'data' | 'ephemeral'): readonly string[] {
    const { dataSources, ephemeralResources = {}, resources } = this.#provider;
    return Object.keys({ resource: resources, data: dataSources, ephemeral: ephemeralResources }[kind]);
  }

  find(kind: TerraformTypeSchema['kind'], type: string): TerraformTypeSchema | undefined {
    const key = `${kind} ${type}`;
    if (this.#types.has(key)) return this.#types.get(key);
    const id = this.#bodyOf(kind, type);
    const body = (): TerraformBody => this.#body(id!);
    const found: TerraformTypeSchema | undefined =
      id === undefined
        ? undefined
        : {
            name: type,
            kind,
            provider: this,
            get body() {
              return body();
            },
          };
    this.#types.set(key, found);
    return found;
  }

  #bodyOf(kind: TerraformTypeSchema['kind'], type: string): number | undefined {
    const { configuration, dataSources, ephemeralResources = {}, resources } = this.#provider;
    switch (kind) {
      case 'provider':
        return type === this.name ? configuration : undefined;
      case 'resource':
        return own(resources, type);
      case 'data':
        return own(dataSources, type);
      default:
        return own(ephemeralResources, type);
    }
  }

  #body(id: number): TerraformBody {
    const known = this.#bodies.get(id);
    if (known) return known;
    const encoded = JSON.parse(this.#line(id)) as EncodedBody;
    const members = new Map<string, TerraformMember>();
    for (const member of encoded) members.set(member[0], this.#member(member));
    const body = { members, open: false };
    this.#bodies.set(id, body);
    return body;
  }

  #line(id: number): string {
    this.#lines ??= readLines(this.#files.bodies(this.name));
    const { bytes, starts } = this.#lines;
    const start = starts[id];
    if (start === undefined) throw new Error(`The schema of ${this.name} has no body ${id}.`);
    const end = starts[id + 1];
    return new TextDecoder().decode(bytes.subarray(start, end === undefined ? bytes.length : end - 1));
  }

  #member([name, bits, encodedType, text = 0, deprecation = 0, values = []]: EncodedMember): TerraformMember {
    const readText = (index: number): string => (index === 0 ? '' : this.#text(index));
    const typeOf = (): TerraformValueType => this.#type(encodedType);
    return {
      name,
      required: (bits & MEMBER.required) !== 0,
      settable: (bits & (MEMBER.required | MEMBER.optional)) !== 0,
      computed: (bits & MEMBER.computed) !== 0,
      asBlock: (bits & MEMBER.block) !== 0,
      asArgument: (bits & MEMBER.argument) !== 0,
      sensitive: (bits & MEMBER.sensitive) !== 0,
      atMostOne: (bits & MEMBER.atMostOne) !== 0 || /^\d+$/.test(encodedType),
      labels: [],
      values,
      closed: false,
      get type() {
        return typeOf();
      },
      get text() {
        return readText(text);
      },
      get deprecation() {
        return readText(deprecation);
      },
    };
  }

  #type(encoded: string): TerraformValueType {
    switch (encoded[0]) {
      case 's':
        return { kind: 'string' };
      case 'n':
        return { kind: 'number' };
      case 'b':
        return { kind: 'bool' };
      case 'd':
        return { kind: 'any' };
      case 'l':
        return { kind: 'list', element: this.#type(encoded.slice(1)) };
      case 't':
        return { kind: 'set', element: this.#type(encoded.slice(1)) };
      case 'm':
        return { kind: 'map', element: this.#type(encoded.slice(1)) };
      default:
        return { kind: 'object', body: this.#body(Number(encoded)) };
    }
  }

  #text(index: number): string {
    this.#texts ??= this.#files.texts(this.name);
    return this.#texts[index] ?? '';
  }
}

function readLines(bytes: Uint8Array): { bytes: Uint8Array; starts: readonly number[] } {
  const starts = [0];
  for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) starts.push(at + 1);
  return { bytes, starts };
}

/** A type may be called `constructor`. */
function own(numbers: Readonly<Record<string, number>>, name: string): number | undefined {
  return Object.hasOwn(numbers, name) ? numbers[name] : undefined;
}
