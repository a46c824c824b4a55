import { type StageRun, stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import type { CommandUse } from '../../languages/shell/commandUses.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

const INTERACTIVE: ReadonlySet<string> = new Set([
  'ssh',
  'vim',
  'vi',
  'nano',
  'emacs',
  'top',
  'htop',
  'free',
  'ps',
  'kill',
  'mount',
  'ifconfig',
  'less',
  'more',
]);

/**
 * A build has no init system, and nothing that one RUN starts is there in the next. Programs for people at a terminal are
 * only left to the strict profile: a script may have its reasons.
 */
export const rule = defineDockerfileRule({
  id: 'dockerfile/useless-command',
  severity: 'warning',
  profile: 'recommended',
  equivalents: ['hadolint:DL3001', 'kics:run_utilities_and_posix_commands'],
  *check(file) {
    for (const run of stageRuns(file)) {
      for (const use of run.commands) {
        const at = placeOf(file, use.nameWord.span);
        const action = use.arguments[0]?.text;
        if (['shutdown', 'reboot', 'halt', 'poweroff'].includes(use.name)) {
          yield { at, message: `${use.name} does nothing in a build.` };
        } else if (use.name === 'systemctl' && (action === 'start' || action === 'restart' || action === 'reload')) {
          yield { at, message: `systemctl ${action} has no init system to talk to in a build.` };
        } else if (isLostService(run, use)) {
          yield { at, message: `What service ${action} starts is gone when this RUN ends.` };
        } else if (INTERACTIVE.has(use.name) || (use.name === 'service' && action !== undefined)) {
          yield { at, message: `${use.name} has little sense in a build.`, strict: true };
        }
      }
    }
  },
});

/** Nothing comes after the start that could need the service. */
function isLostService(run: StageRun, use: CommandUse): boolean {
  const verb = use.arguments[1]?.text;
  if (use.name !== 'service' || (verb !== 'start' && verb !== 'restart') || use.nested) return false;
  return run.commands[run.commands.length - 1] === use;
}
