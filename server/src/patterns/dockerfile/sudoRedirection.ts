import { stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

/** The shell opens the file before sudo runs, with the rights of whoever called it. Strict, as all that is said of sudo. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/sudo-redirection',
  severity: 'warning',
  profile: 'strict',
  equivalents: ['hadolint:SC2024'],
  *check(file) {
    for (const run of stageRuns(file)) {
      for (const { wrappers, command } of run.commands) {
        if (!wrappers.includes('sudo')) continue;
        for (const { operator, target, span } of command.redirections) {
          if (!/^(?:>|>>|>\||&>|&>>)$/.test(operator) || !target || target.prefix.startsWith('/dev/')) continue;
          yield {
            at: placeOf(file, span),
            message: `sudo does not open ${target.written}: the shell does, before sudo runs.`,
          };
        }
      }
    }
  },
});
