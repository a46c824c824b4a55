import { stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import type { WordPart } from '../../languages/shell/shellScript.ts';
import { shellWords } from '../../languages/shell/shellWords.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

/**
 * In `"a "b" c"` the inner quotes end the outer ones: the shell drops them, and what is between is not quoted at all.
 * Strict, because without blanks nothing is lost but the quotes.
 */
export const rule = defineDockerfileRule({
  id: 'dockerfile/quotes-interrupted',
  severity: 'warning',
  profile: 'strict',
  equivalents: ['hadolint:SC2026', 'hadolint:SC2027', 'hadolint:SC2140'],
  *check(file) {
    for (const run of stageRuns(file)) {
      for (const { form, parsed } of run.scripts) {
        if (form === 'exec') continue;
        for (const { parts } of shellWords(parsed.script)) {
          for (const [index, part] of parts.entries()) {
            const before = parts[index - 1];
            const after = parts[index + 1];
            if (part.kind === 'command' || part.kind === 'arithmetic' || part.quoted) continue;
            if (!isQuotedText(before) || !isQuotedText(after)) continue;
            // Where the halves are joined by a mark, each was quoted for itself.
            const closing = file.source.text[part.span.start - 1];
            // Single quotes are ended on purpose, to let the shell replace a variable.
            const isInside = part.kind === 'parameter' ? closing === '"' : /^[A-Za-z0-9_]+$/.test(part.text);
            if (!isInside || (closing !== '"' && closing !== "'") || file.source.text[part.span.end] !== closing)
              continue;
            const written = file.source.slice(part.span);
            yield {
              at: placeOf(file, part.span),
              message:
                part.kind === 'parameter'
                  ? `The quotes end before ${written}, so its blanks and stars count, and begin again behind it.`
                  : `The quotes around ${written} end and begin the text around it, and are not part of it.`,
            };
          }
        }
      }
    }
  },
});

function isQuotedText(part: WordPart | undefined): boolean {
  return part?.kind === 'literal' && part.quoted && part.text !== '';
}
