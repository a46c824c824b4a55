/** Features that other extensions may already give for a language, and that Slipway then leaves to them. */
const GENERIC_FEATURES = [
  'completion',
  'hover',
  'outline',
  'folding',
  'formatting',
  'schema',
  'selection',
  'links',
  'highlight',
  'semanticTokens',
  'typing',
  'hints',
  'lenses',
] as const;
export type GenericFeature = (typeof GENERIC_FEATURES)[number];

/** What a client may say in `initializationOptions`. Everything is optional: any LSP client will do. */
export interface InitializationOptions {
  /** The generic features that are left to others, by language id (`yaml`, `dockerfile`, `terraform`). */
  readonly yields: Readonly<Record<string, readonly GenericFeature[]>>;
  /** The workspace is not trusted; kept for the record, because the server never starts a program anyway. */
  readonly untrusted: boolean;
  /** Features that the user wants from nobody: not even what only Slipway knows is drawn. */
  readonly off: readonly GenericFeature[];
  /** Commands of the client that lenses may name: `_slipway.showPlaces`, `slipway.deploy`, `slipway.diff`. */
  readonly commands: readonly string[];
}

/** Reads what a client sent. Anything malformed counts as not said. */
export function readInitializationOptions(sent: unknown): InitializationOptions {
  const { commands, off, untrusted, yields } = (typeof sent === 'object' && sent !== null ? sent : {}) as Record<
    string,
    unknown
  >;
  const entries = typeof yields === 'object' && yields !== null ? Object.entries(yields) : [];
  return {
    yields: Object.fromEntries(entries.map(([language, features]) => [language, featuresIn(features)])),
    untrusted: untrusted === true,
    off: featuresIn(off),
    commands: (Array.isArray(commands) ? commands : []).filter((command) => typeof command === 'string'),
  };
}

function featuresIn(sent: unknown): GenericFeature[] {
  const names: readonly unknown[] = Array.isArray(sent) ? sent : [];
  return GENERIC_FEATURES.filter((feature) => names.includes(feature));
}

/** Whether a generic feature of this language is left to another extension. */
export function isYielded(options: InitializationOptions, language: string, feature: GenericFeature): boolean {
  return options.yields[language]?.includes(feature) ?? false;
}
