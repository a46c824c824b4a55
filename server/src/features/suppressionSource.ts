import type { KnownRules } from '../rules/knownRules.ts';
import { suppressingComments } from '../rules/suppressions.ts';
import type { FeatureSource } from './languageFeatures.ts';
import { ruleNames } from './ruleNames.ts';

const DIRECTIVES = ['slipway-disable-next-line', 'slipway-disable-line', 'slipway-disable-file'];
const COMMENT_START = /(?:#|\/\/|\/\*|<!--)[ \t]*$/;

/** Suppressing comments, in every language: their words, the names of rules, and what those are. */
export function suppressionSource(known: KnownRules): FeatureSource {
  return {
    *completions({ file, offset }) {
      const { source } = file.parsed;
      const { start } = source.lineSpan(source.lineAt(offset));
      const line = source.text.slice(start, offset);
      const word = /[\w/-]*$/.exec(line)![0];
      const span = { start: offset - word.length, end: offset };
      const before = line.slice(0, line.length - word.length);
      if (/slipway-disable-(?:next-line|line|file)[\s,](?:(?!--).)*$/.test(before)) yield* ruleNames(known, span);
      else if (word !== '' && COMMENT_START.test(before)) {
        for (const label of DIRECTIVES.filter((directive) => directive.startsWith(word)))
          yield { label, kind: 'keyword', newText: `${label} `, span };
      }
    },
    explain({ file, offset }) {
      const { source } = file.parsed;
      for (const { names } of suppressingComments(source)) {
        const named = names.find(({ span }) => offset >= span.start && offset <= span.end);
        const markdown = named && known.explain(named.name);
        if (markdown !== undefined) return { markdown, span: named!.span };
      }
      return undefined;
    },
  };
}
