import { instructionScripts } from '../../languages/dockerfile/instructionScripts.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

const CERTAIN: ReadonlySet<string> = new Set([
  'unclosed-quote',
  'unclosed-substitution',
  'unclosed-block',
  'missing-command',
  'stray-closing',
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
    'hadolint:SC1010',
    'hadolint:SC1036',
    'hadolint:SC1045',
    'hadolint:SC1046',
    'hadolint:SC1047',
    'hadolint:SC1048',
    'hadolint:SC1049',
    'hadolint:SC1050',
    'hadolint:SC1055',
    'hadolint:SC1056',
    'hadolint:SC1057',
    'hadolint:SC1058',
    'hadolint:SC1061',
    'hadolint:SC1062',
    'hadolint:SC1069',
    'hadolint:SC1070',
    'hadolint:SC1072',
    'hadolint:SC1073',
    'hadolint:SC1078',
    'hadolint:SC1081',
    'hadolint:SC1088',
    'hadolint:SC1089',
  ],
  *check(file) {
    for (const instruction of file.instructions) {
      for (const { shell, parsed } of instructionScripts(instruction, file.source)) {
        if (!SHELLS.has(shell)) continue;
        // What follows a broken place is read out of step.
        const first = parsed.problems.find((problem) => CERTAIN.has(problem.code));
        // A parenthesis that is not of the POSIX shell may be a pattern of bash, and what follows its inside.
        const isCertain =
          first &&
          !parsed.problems.some(({ code, span }) => code === 'unexpected-word' && span.start < first.span.start);
        if (first && isCertain)
          yield { at: placeOf(file, first.span), message: `The shell can't read this: ${lowerFirst(first.message)}` };
      }
    }
  },
});

function lowerFirst(text: string): string {
  return /^[A-Z] /.test(text) || /^[A-Z][a-z]/.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text;
}
