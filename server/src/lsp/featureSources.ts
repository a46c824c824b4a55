import type { FeatureSource } from '../features/languageFeatures.ts';

/** Who is asked at a cursor. */
export interface FeatureSources {
  /** What only Slipway knows: patterns, and references between resources. */
  readonly own: readonly FeatureSource[];
  /** What any good extension of a language gives, by language id; left out where another extension gives it. */
  readonly generic: Readonly<Record<string, readonly FeatureSource[]>>;
}
