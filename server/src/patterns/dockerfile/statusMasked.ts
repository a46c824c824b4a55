import { stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

const DECLARES: ReadonlySet<string> = new Set(['export', 'local', 'readonly', 'declare', 'typeset']);

/** `export A="$(b)"` succeeds whatever becomes of `b`, also under `set -e`. Strict: many such commands can't fail. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/status-masked',
  severity: 'warning',
  profile: 'strict',
  equivalents: ['hadolint:SC2155'],
  *check(file) {
    for (const run of stageRuns(file)) {
      for (const use of run.commands) {
        if (!DECLARES.has(use.name) || use.wrappers.length > 0) continue;
        for (const word of use.arguments) {
          const command = /^[A-Za-z_]\w*=/.test(word.prefix) && word.parts.find((part) => part.kind === 'command');
          if (!command) continue;
          const name = word.prefix.split('=')[0];
          yield {
            at: placeOf(file, word.span),
            message: `${use.name} succeeds even when the command that gives ${name} fails; assign first, ${use.name} then.`,
          };
        }
      }
    }
  },
});
