import { isShipped, type StageRun, stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import { finalStage, stageSettings } from '../../languages/dockerfile/stageSettings.ts';
import type { PackageCommand } from '../../languages/shell/packageCommands.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

const TOOLS: ReadonlySet<string> = new Set([
  'build-essential',
  'build-base',
  'gcc',
  'g++',
  'clang',
  'cmake',
  'make',
  'gcc-c++',
  'musl-dev',
  'python3-dev',
  'python-dev',
  'libc6-dev',
  'libc-dev',
  'linux-headers',
  'kernel-headers',
  'rust',
  'cargo',
  'maven',
  'gradle',
]);

/**
 * A compiler is a hundred megabytes that only the build needs, and a gift to whoever breaks in. Spoken of when the image
 * starts a process of its own, and the same RUN does not take the tools away again.
 */
export const rule = defineDockerfileRule({
  id: 'dockerfile/build-tools-shipped',
  severity: 'information',
  profile: 'recommended',
  *check(file) {
    const stage = finalStage(file);
    if (!stage) return;
    const { command, entrypoint } = stageSettings(file, stage);
    if (!command && !entrypoint) return;
    for (const run of stageRuns(file)) {
      if (!isShipped(file, run.stage) || run.deferred || takesAway(run)) continue;
      for (const install of run.packages) {
        const tools = installedPackages(install).filter(({ text }) => TOOLS.has((text ?? '').split(/[=:]/)[0]!));
        const [first] = tools;
        if (!first) continue;
        const names = tools.map(({ text }) => text).join(', ');
        yield {
          at: placeOf(file, first.span),
          message: `${names} ${tools.length === 1 ? 'is' : 'are'} shipped with the image, although only the build needs ${tools.length === 1 ? 'it' : 'them'}.`,
        };
      }
    }
  },
});

function installedPackages({ manager, action, read }: PackageCommand): PackageCommand['read']['operands'] {
  const installs =
    (manager === 'apk' && action === 'add') ||
    (['apt', 'yum', 'dnf', 'microdnf', 'zypper'].includes(manager) && action === 'install');
  return installs ? read.operands : [];
}

const REMOVES: ReadonlySet<string> = new Set(['remove', 'purge', 'autoremove', 'autopurge', 'del', 'erase']);

function takesAway(run: StageRun): boolean {
  return run.packages.some(({ action }) => REMOVES.has(action));
}
