import { stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import { shellWords } from '../../languages/shell/shellWords.ts';
import { defineDockerfileRule, placeOf, replace } from './dockerfileRule.ts';

/** `$( … )` means the same, can be nested, and needs no backslashes. Strict, because both work. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/backquotes',
  severity: 'information',
  profile: 'strict',
  equivalents: ['hadolint:SC2006'],
  *check(file) {
    for (const run of stageRuns(file)) {
      for (const { parsed } of run.scripts) {
        for (const part of shellWords(parsed.script).flatMap(({ parts }) => parts)) {
          if (part.kind !== 'command') continue;
          const { start, end } = part.span;
          const text = file.source.slice(part.span);
          if (!/^`[\s\S]*`$/.test(text) || text.length < 3) continue;
          const isPlain = !/[\\`]/.test(text.slice(1, -1).replace(/\\\r?\n/g, ''));
          yield {
            at: placeOf(file, part.span),
            message: 'Backquotes can be taken for quotes, and nest badly: $( … ) does the same.',
            fixes:
              isPlain && !run.instruction.json
                ? [
                    {
                      title: 'Write $( … )',
                      safe: true,
                      edits: () => [
                        replace(file, { start, end: start + 1 }, '$('),
                        replace(file, { start: end - 1, end }, ')'),
                      ],
                    },
                  ]
                : [],
          };
        }
      }
    }
  },
});
