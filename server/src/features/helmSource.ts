import { templateOf } from '../languages/helm/templateOf.ts';
import {
  chartFileCompletions,
  chartFileExplanation,
  dependencyDefinitions,
  dependencyReferences,
} from './helm/chartFile.ts';
import { helmHints } from './helm/helmHints.ts';
import { helmExplanation } from './helm/helmHover.ts';
import { helmDefinitions, helmReferences } from './helm/helmNavigation.ts';
import { helmRename, helmRenameSpan } from './helm/helmRename.ts';
import { helmSignature } from './helm/helmSignature.ts';
import { helmTokens } from './helm/helmTokens.ts';
import { openTemplate } from './helm/templateAt.ts';
import { templateCompletions } from './helm/templateCompletion.ts';
import { valuesCompletions } from './helm/valuesCompletion.ts';
import type { FeatureSource } from './languageFeatures.ts';

/** Values, named templates, functions and built-in objects of Helm charts, in templates, values files and schemas. */
export const helmSource: FeatureSource = {
  *completions(cursor) {
    yield* templateCompletions(cursor);
    yield* valuesCompletions(cursor);
    yield* chartFileCompletions(cursor);
  },
  explain: (cursor) => helmExplanation(cursor) ?? chartFileExplanation(cursor),
  *definitions(cursor) {
    yield* helmDefinitions(cursor);
    yield* dependencyDefinitions(cursor);
  },
  *references(cursor) {
    yield* helmReferences(cursor);
    yield* dependencyReferences(cursor);
  },
  renameSpan: helmRenameSpan,
  rename: helmRename,
  signature: helmSignature,
  hints: helmHints,
  *tokens(state) {
    if (openTemplate(state)) yield* helmTokens(templateOf(state.file.parsed.source));
  },
};
