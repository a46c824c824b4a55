import { stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import { defineDockerfileRule, placeOf, replace } from './dockerfileRule.ts';

const TESTS: ReadonlySet<string> = new Set([
  '-name',
  '-iname',
  '-path',
  '-ipath',
  '-wholename',
  '-iwholename',
  '-lname',
]);

/**
 * The shell replaces a pattern without quotes by the files of the working directory that fit, before `find` sees it.
 * Strict, because mostly none fits.
 */
export const rule = defineDockerfileRule({
  id: 'dockerfile/find-pattern-unquoted',
  severity: 'warning',
  profile: 'strict',
  equivalents: ['hadolint:SC2061'],
  *check(file) {
    for (const run of stageRuns(file)) {
      for (const { name, arguments: words } of run.commands) {
        if (name !== 'find') continue;
        for (const [index, word] of words.entries()) {
          if (!TESTS.has(words[index - 1]?.text ?? '')) continue;
          const isOpen = word.parts.some((part) => part.kind === 'literal' && !part.quoted && /[*?[]/.test(part.text));
          if (!isOpen) continue;
          const isPlain = word.text === word.written;
          yield {
            at: placeOf(file, word.span),
            message: `The shell replaces ${word.written} by what fits in the working directory before find sees it.`,
            ...(isPlain
              ? {
                  fixes: [
                    {
                      title: 'Quote the pattern',
                      safe: true,
                      edits: () => [replace(file, word.span, `'${word.written}'`)],
                    },
                  ],
                }
              : {}),
          };
        }
      }
    }
  },
});
