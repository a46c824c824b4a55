/** Bits of {@link EncodedMember}'s second part. */
export const MEMBER = {
  required: 1,
  optional: 2,
  computed: 4,
  /** Written as a block. */
  block: 8,
  /** Written as an argument, also where it has a structure. With `block` either will do. */
  argument: 16,
  sensitive: 32,
  writeOnly: 64,
  /** A list or set that holds one item at most. */
  atMostOne: 128,
} as const;

/**
 * One argument, block or attribute: name, bits, type, index of its text, index of the text that says why it is
 * deprecated, values that the documentation names. What is 0 or empty is left out at the end.
 *
 * The type is a letter, `s` string, `n` number, `b` bool, `d` anything, or the number of a body; `l`, `t` and `m` before
 * it make a list, set or map of it: `ls` is list(string), `l12` a list of what body 12 describes.
 */
export type EncodedMember = readonly [
  name: string,
  bits: number,
  type: string,
  text?: number,
  deprecation?: number,
  values?: readonly string[],
];

/** Members in alphabetical order. */
export type EncodedBody = readonly EncodedMember[];

/** What is read first: which types a provider has, and where their bodies are. */
export interface EncodedProvider {
  readonly name: string;
  /** Address in the registry, e.g. `hashicorp/aws`. */
  readonly source: string;
  /** Empty where it is the installed one and not said. */
  readonly version: string;
  readonly resources: Readonly<Record<string, number>>;
  readonly dataSources: Readonly<Record<string, number>>;
  readonly ephemeralResources?: Readonly<Record<string, number>>;
  /** Body of a `provider` block. */
  readonly configuration: number;
}

/**
 * The port through which provider schemas reach the core, which does no I/O. Each provider's parts are asked for once, when
 * a document first needs them: bodies with the first resource, texts with the first hover or resolved completion.
 */
export interface ProviderFiles {
  /** The names of the providers that are there. */
  readonly names: readonly string[];
  provider(name: string): EncodedProvider;
  /** One JSON array per line; the number of a body is that of its line, from 0. */
  bodies(name: string): Uint8Array;
  /** Texts by their index; 0 is the empty text. */
  texts(name: string): readonly string[];
}
