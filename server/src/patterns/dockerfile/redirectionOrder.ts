import { stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import type { ShellRedirection } from '../../languages/shell/shellScript.ts';
import { defineDockerfileRule, placeOf, replace } from './dockerfileRule.ts';

/**
 * Redirections are made from left to right: `2>&1 >file` sends errors to where the output went before. In front of a pipe
 * that is meant: only the errors go on.
 */
export const rule = defineDockerfileRule({
  id: 'dockerfile/redirection-order',
  severity: 'warning',
  profile: 'recommended',
  equivalents: ['hadolint:SC2069'],
  *check(file) {
    for (const run of stageRuns(file)) {
      for (const { command, pipeline } of run.commands) {
        if (pipeline.commands.at(-1) !== command) continue;
        const { redirections } = command;
        const first = redirections.findIndex(
          ({ operator, descriptor, target }) => operator === '>&' && descriptor === '2' && target?.text === '1',
        );
        const second = first < 0 ? -1 : redirections.findIndex((one, index) => index > first && isOutput(one));
        const [errors, output] = [redirections[first], redirections[second]];
        if (!errors || !output) continue;
        const { text } = file.source;
        yield {
          at: placeOf(file, errors.span),
          message: `Errors go where the output went before ${text.slice(output.span.start, output.span.end)}, which comes too late.`,
          fixes: [
            {
              title: 'Redirect the output first',
              safe: true,
              edits: () => [
                replace(file, errors.span, text.slice(output.span.start, output.span.end)),
                replace(file, output.span, text.slice(errors.span.start, errors.span.end)),
              ],
            },
          ],
        };
      }
    }
  },
});

function isOutput({ operator, descriptor }: ShellRedirection): boolean {
  return (operator === '>' || operator === '>>' || operator === '>|') && (descriptor === '' || descriptor === '1');
}
