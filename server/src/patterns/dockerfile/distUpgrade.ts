import { stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import type { PackageCommand } from '../../languages/shell/packageCommands.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

/** A build that lifts the whole system to another release gives another system each time; a newer base image says which. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/dist-upgrade',
  severity: 'warning',
  profile: 'recommended',
  equivalents: ['hadolint:DL3035', 'trivy:DS-0024'],
  *check(file) {
    for (const run of stageRuns(file)) {
      for (const command of run.packages) {
        if (!isDistUpgrade(command)) continue;
        yield {
          at: placeOf(file, command.actionWord!.span),
          message: `${command.program} ${command.actionWord!.text} changes the whole system; take a newer base image.`,
        };
      }
    }
  },
});

function isDistUpgrade({ manager, action }: PackageCommand): boolean {
  if (manager === 'apt' || manager === 'zypper') return action === 'dist-upgrade';
  return (manager === 'dnf' || manager === 'yum') && (action === 'distro-sync' || action === 'system-upgrade');
}
