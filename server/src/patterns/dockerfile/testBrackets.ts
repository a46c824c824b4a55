import { instructionScripts } from '../../languages/dockerfile/instructionScripts.ts';
import { defineDockerfileRule, insert, placeOf } from './dockerfileRule.ts';

/** `[` is a program: it needs a blank behind it, and `]` as its last word. An exec form that is no JSON becomes one, too. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/test-brackets',
  severity: 'error',
  profile: 'recommended',
  equivalents: ['hadolint:SC1035', 'hadolint:SC1020', 'hadolint:SC1080'],
  *check(file) {
    for (const instruction of file.instructions) {
      for (const { form, commands } of instructionScripts(instruction, file.source)) {
        if (form === 'exec') continue;
        for (const { nameWord, arguments: words, command } of commands) {
          const last = words[words.length - 1];
          const isExecForm =
            instruction.body.span(0, 1).start === nameWord.span.start && /^\[["']/.test(nameWord.written);
          if (isExecForm) {
            yield {
              at: placeOf(file, nameWord.span),
              message: `This is no exec form: that is one JSON array, of words in double quotes, with nothing behind it.`,
            };
          } else if (/^\[[^[\]]/.test(nameWord.written)) {
            yield {
              at: placeOf(file, nameWord.span),
              message: `${nameWord.written} is read as the name of a program; "[" needs a blank behind it.`,
              fixes: [
                { title: 'Add the blank', safe: true, edits: () => [insert(file, nameWord.span.start + 1, ' ')] },
              ],
            };
          } else if (nameWord.text === '[' && last?.text !== ']' && words.every((word) => word.text !== ']')) {
            const isGlued = last?.written.endsWith(']') === true && last.written.length > 1;
            yield {
              at: placeOf(file, isGlued ? last.span : command.span),
              message: isGlued ? `"]" needs a blank before it.` : '"[" has no "]" as its last word.',
              fixes: isGlued
                ? [{ title: 'Add the blank', safe: true, edits: () => [insert(file, last.span.end - 1, ' ')] }]
                : [],
            };
          }
        }
      }
    }
  },
});
