import { instructionScripts } from '../../languages/dockerfile/instructionScripts.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

const CERTAIN: ReadonlySet<string> = new Set([
  'unclosed-quote',
  'unclosed-substitution',
  'unclosed-block',
  'missing-command',
]);
/** Shells whose grammar is the one that is read here. */
const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'dash', 'ash']);

/** The shell refuses the script before it runs any of it. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/shell-syntax',
  severity: 'error',
  profile: 'recommended',
  equivalents: [
    'hadolint:SC1009',
    'hadolint:SC1036',
    'hadolint:SC1046',
    'hadolint:SC1047',
    'hadolint:SC1072',
    'hadolint:SC1073',
    'hadolint:SC1078',
    'hadolint:SC1089',
  ],
  *check(file) {
    for (const instruction of file.instructions) {
      for (const { shell, parsed } of instructionScripts(instruction, file.source)) {
        if (!SHELLS.has(shell)) continue;
        // What follows a broken place is read out of step.
        const first = parsed.problems.find((problem) => CERTAIN.has(problem.code));
        if (first)
          yield { at: placeOf(file, first.span), message: `The shell can't read this: ${lowerFirst(first.message)}` };
      }
    }
  },
});

function lowerFirst(text: string): string {
  return /^[A-Z] /.test(text) || /^[A-Z][a-z]/.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text;
}
