import type { FeatureSource } from './languageFeatures.ts';

/** All that the sources answer to one question, in their order; a source that fails costs its own answers only. */
export function gather<Answer>(
  sources: readonly FeatureSource[],
  ask: (source: FeatureSource) => Iterable<Answer> | undefined,
  onFault: (error: unknown) => void,
): Answer[] {
  const answers: Answer[] = [];
  for (const source of sources) {
    try {
      answers.push(...(ask(source) ?? []));
    } catch (error) {
      onFault(error);
    }
  }
  return answers;
}
