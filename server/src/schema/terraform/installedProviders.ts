import { BundledProvider } from './bundledProvider.ts';
import { type EncodedMember, type EncodedProvider, MEMBER, type ProviderFiles } from './providerBundle.ts';
import type { ProviderSchema } from './terraformSchema.ts';

/** The parts of `terraform providers schema -json` that are read, format version 1. */
interface Printed {
  readonly provider_schemas?: Readonly<Record<string, PrintedProvider>>;
}
interface PrintedProvider {
  readonly provider?: { readonly block?: PrintedBlock };
  readonly resource_schemas?: Readonly<Record<string, { readonly block?: PrintedBlock }>>;
  readonly data_source_schemas?: Readonly<Record<string, { readonly block?: PrintedBlock }>>;
  readonly ephemeral_resource_schemas?: Readonly<Record<string, { readonly block?: PrintedBlock }>>;
}
interface PrintedBlock {
  readonly attributes?: Readonly<Record<string, PrintedAttribute>>;
  readonly block_types?: Readonly<Record<string, PrintedBlockType>>;
}
interface PrintedAttribute {
  readonly type?: unknown;
  readonly nested_type?: { readonly attributes?: PrintedBlock['attributes']; readonly nesting_mode?: string };
  readonly description?: string;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly write_only?: boolean;
  readonly deprecated?: boolean;
}
interface PrintedBlockType {
  readonly nesting_mode?: string;
  readonly block?: PrintedBlock;
  readonly min_items?: number;
  readonly max_items?: number;
}

/**
 * The providers of an initialised folder, from what `terraform providers schema -json` printed. They are kept in the form
 * of the bundle, because the printed one of a large provider takes a hundred megabytes in memory.
 *
 * @throws Error when it is not that output.
 */
export function readInstalledProviders(printed: unknown): readonly ProviderSchema[] {
  const schemas = (printed as Printed | null)?.provider_schemas;
  if (typeof schemas !== 'object') throw new Error('This is not what `terraform providers schema -json` prints.');
  return Object.entries(schemas).map(([address, provider]) => {
    const source = address.replace(/^registry\.(?:terraform\.io|opentofu\.org)\//, '');
    const name = source.slice(source.lastIndexOf('/') + 1);
    return new BundledProvider(name, new Encoder().encode(name, source, provider), 'installed');
  });
}

class Encoder {
  readonly #bodies: string[] = [];
  readonly #ids = new Map<string, number>();
  readonly #texts: string[] = [''];
  readonly #textIds = new Map<string, number>([['', 0]]);

  encode(name: string, source: string, printed: PrintedProvider): ProviderFiles {
    const numbers = (types: PrintedProvider['resource_schemas']): Record<string, number> =>
      Object.fromEntries(Object.entries(types ?? {}).map(([type, { block }]) => [type, this.#body(block ?? {})]));
    const provider: EncodedProvider = {
      name,
      source,
      version: '',
      resources: numbers(printed.resource_schemas),
      dataSources: numbers(printed.data_source_schemas),
      ephemeralResources: numbers(printed.ephemeral_resource_schemas),
      configuration: this.#body(printed.provider?.block ?? {}),
    };
    const bodies = new TextEncoder().encode(this.#bodies.join('\n'));
    const texts = this.#texts;
    return { names: [name], provider: () => provider, bodies: () => bodies, texts: () => texts };
  }

  #body({ attributes = {}, block_types: blocks = {} }: PrintedBlock): number {
    return this.#store([
      ...Object.entries(attributes).map(([name, attribute]) => this.#attribute(name, attribute)),
      ...Object.entries(blocks).map(([name, block]) => this.#block(name, block)),
    ]);
  }

  #store(members: readonly EncodedMember[]): number {
    const text = JSON.stringify([...members].sort(([a], [b]) => (a < b ? -1 : 1)));
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const id = this.#bodies.push(text) - 1;
    this.#ids.set(text, id);
    return id;
  }

  #attribute(name: string, printed: PrintedAttribute): EncodedMember {
    const { nested_type: nested, description = '', deprecated } = printed;
    const type = nested
      ? nestedType(nested.nesting_mode, this.#body({ attributes: nested.attributes ?? {} }))
      : this.#type(printed.type);
    // A list of objects that may be left out can be written as blocks as well: providers of the older kind ask for it.
    const isEither = !nested && /^[lt]\d+$/.test(type) && printed.optional === true;
    const bits =
      (printed.required ? MEMBER.required : 0) |
      (printed.optional ? MEMBER.optional : 0) |
      (printed.computed ? MEMBER.computed : 0) |
      (printed.sensitive ? MEMBER.sensitive : 0) |
      (printed.write_only ? MEMBER.writeOnly : 0) |
      MEMBER.argument |
      (isEither ? MEMBER.block : 0);
    return [name, bits, type, this.#text(description), this.#text(deprecated ? deprecation(description) : '')];
  }

  #block(
    name: string,
    { nesting_mode: mode, block, min_items: least = 0, max_items: most }: PrintedBlockType,
  ): EncodedMember {
    const bits = MEMBER.block | (least > 0 ? MEMBER.required : MEMBER.optional) | (most === 1 ? MEMBER.atMostOne : 0);
    return [name, bits, nestedType(mode, this.#body(block ?? {}))];
  }

  #type(printed: unknown): string {
    if (typeof printed === 'string') return PRIMITIVES[printed] ?? 'd';
    if (!Array.isArray(printed)) return 'd';
    const [kind, inner] = printed as [string, unknown];
    if (kind === 'list' || kind === 'set' || kind === 'map') return COLLECTIONS[kind] + this.#type(inner);
    if (kind !== 'object' || typeof inner !== 'object' || inner === null) return 'd';
    // Which members such an object demands depends on how it is written; the provider will say.
    const members = Object.entries(inner).map(
      ([name, type]): EncodedMember => [name, MEMBER.argument | MEMBER.optional, this.#type(type)],
    );
    return String(this.#store(members));
  }

  #text(text: string): number {
    const known = this.#textIds.get(text);
    if (known !== undefined) return known;
    const id = this.#texts.push(text) - 1;
    this.#textIds.set(text, id);
    return id;
  }
}

const PRIMITIVES: Readonly<Record<string, string>> = { string: 's', number: 'n', bool: 'b', dynamic: 'd' };
const COLLECTIONS = { list: 'l', set: 't', map: 'm' } as const;

function nestedType(mode: string | undefined, body: number): string {
  return mode === 'list' || mode === 'set' || mode === 'map' ? COLLECTIONS[mode] + body : String(body);
}

/** The output says that something is deprecated, and why only in its description. */
function deprecation(description: string): string {
  const sentence = /[^.]*\bdeprecat[^.]*\./i.exec(description)?.[0].trim();
  return sentence ?? 'The provider says that it is deprecated.';
}
