import { stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import { hasOption, isSwitchedOn } from '../../languages/shell/commandArguments.ts';
import type { PackageCommand } from '../../languages/shell/packageCommands.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';
import { addActionOption, addOption } from './runFixes.ts';

const ASKS: ReadonlySet<string> = new Set([
  'install',
  'groupinstall',
  'upgrade',
  'update',
  'dist-upgrade',
  'remove',
  'patch',
  'autoremove',
]);

/** Nobody can answer the question in a build, so nothing is installed. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/install-without-yes',
  severity: 'warning',
  profile: 'recommended',
  equivalents: [
    'hadolint:DL3030',
    'hadolint:DL3034',
    'hadolint:DL3038',
    'kics:yum_install_allows_manual_input',
    'kics:missing_flag_from_dnf_install',
    'kics:missing_zypper_non_interactive_switch',
  ],
  *check(file) {
    for (const run of stageRuns(file)) {
      for (const command of run.packages) {
        const { manager, program, action, actionWord, use } = command;
        const isModule = action === 'module' && ['install', 'enable'].includes(command.read.operands[0]?.text ?? '');
        const isAsking = ['yum', 'dnf', 'microdnf', 'zypper'].includes(manager) && (ASKS.has(action) || isModule);
        if (!isAsking || !actionWord || answers(command) || use.pipeline.commands[0] !== use.command) continue;
        const isZypper = manager === 'zypper';
        yield {
          at: placeOf(file, actionWord.span),
          message: `${program} ${actionWord.text} asks before it goes on, and nobody answers in a build.`,
          fixes: isZypper
            ? [addOption(file, run, use.nameWord, '--non-interactive', true)]
            : addActionOption(file, run, command, '-y', true),
        };
      }
    }
  },
});

function answers({ manager, read }: PackageCommand): boolean {
  if (read.options.some(({ word }) => word.text === undefined)) return true;
  if (read.operands.some((word) => word.text === undefined && word.prefix === '' && /opt|flag|arg/i.test(word.written)))
    return true;
  if (isSwitchedOn(read, '-y', '--assumeyes', '--assumeno', '--yes', '--no-confirm', '--dry-run', '-D')) return true;
  if (manager === 'zypper') return hasOption(read, '-n', '--non-interactive', '--gpg-auto-import-keys-non-interactive');
  return read.options.some(({ name, value }) => name === '--setopt' && /assumeyes/.test(value ?? ''));
}
