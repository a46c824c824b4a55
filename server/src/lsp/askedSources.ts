import type { FeatureSource } from '../features/languageFeatures.ts';
import { type GenericFeature, isYielded } from './initializationOptions.ts';
import type { Session } from './session.ts';

/**
 * The sources to ask about a file of a language: our own always, generic ones unless another extension gives `feature`,
 * and none where the user wants that feature from nobody.
 */
export function askedSources(
  { options, sources }: Pick<Session, 'options' | 'sources'>,
  language: string,
  feature?: GenericFeature,
): readonly FeatureSource[] {
  if (feature !== undefined && options.off.includes(feature)) return [];
  const isLeft = feature !== undefined && isYielded(options, language, feature);
  return isLeft ? sources.own : [...sources.own, ...(sources.generic[language] ?? [])];
}
