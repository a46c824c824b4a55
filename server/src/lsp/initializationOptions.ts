/** Features that other extensions may already give for a language, and that Slipway then leaves to them. */
export type GenericFeature = 'completion' | 'hover' | 'outline' | 'folding' | 'formatting' | 'schema';

/** What a client may say in `initializationOptions`. Everything is optional: any LSP client will do. */
export interface InitializationOptions {
  /** The generic features that are left to others, by language id (`yaml`, `dockerfile`, `terraform`). */
  readonly yields: Readonly<Record<string, readonly GenericFeature[]>>;
  /** The workspace is not trusted; kept for the record, because the server never starts a program anyway. */
  readonly untrusted: boolean;
}

const GENERIC_FEATURES: readonly string[] = ['completion', 'hover', 'outline', 'folding', 'formatting', 'schema'];

/** Reads what a client sent. Anything malformed counts as not said. */
export function readInitializationOptions(sent: unknown): InitializationOptions {
  const { yields, untrusted } = (typeof sent === 'object' && sent !== null ? sent : {}) as Record<string, unknown>;
  const entries = typeof yields === 'object' && yields !== null ? Object.entries(yields) : [];
  return {
    yields: Object.fromEntries(
      entries.map(([language, features]) => [
        language,
        (Array.isArray(features) ? features : []).filter((feature): feature is GenericFeature =>
          GENERIC_FEATURES.includes(feature),
        ),
      ]),
    ),
    untrusted: untrusted === true,
  };
}

/** Whether a generic feature of this language is left to another extension. */
export function isYielded(options: InitializationOptions, language: string, feature: GenericFeature): boolean {
  return options.yields[language]?.includes(feature) ?? false;
}
