import type { KnownRules } from '../rules/knownRules.ts';
import type { Span } from '../text/sourceText.ts';
import type { Completion } from './languageFeatures.ts';

/** The names of patterns, groups and rules, in place of `span`. */
export function* ruleNames(known: KnownRules, span: Span, suffix = ''): Iterable<Completion> {
  for (const name of [...known.owners, ...known.ids]) {
    yield {
      label: name,
      kind: 'reference',
      detail: known.profileOf(name) ?? 'all its rules',
      documentation: () => known.explain(name),
      newText: name + suffix,
      span,
      sortText: `0${name}`,
    };
  }
}
