import { instructionScripts } from '../../languages/dockerfile/instructionScripts.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

/** The lines of an instruction become one line for the shell, so a comment in it reaches to the end of the last one. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/comment-hides-rest',
  severity: 'error',
  profile: 'recommended',
  *check(file) {
    const { source } = file;
    for (const instruction of file.instructions) {
      for (const { form, parsed } of instructionScripts(instruction, source)) {
        if (form !== 'line') continue;
        for (const { span } of parsed.comments) {
          const line = source.lineAt(span.start);
          if (source.lineAt(span.end) === line) continue;
          yield {
            at: placeOf(file, { start: span.start, end: Math.min(span.end, source.lineSpan(line).end) }),
            message: 'This comment hides the lines that follow it in the instruction.',
          };
        }
      }
    }
  },
});
