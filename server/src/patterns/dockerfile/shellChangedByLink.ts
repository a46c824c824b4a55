import { baseSystem } from '../../languages/dockerfile/baseSystem.ts';
import { stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import { readArguments } from '../../languages/shell/commandArguments.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

/** A new `/bin/sh` changes every script of the system; SHELL changes only how the following instructions are read. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/shell-changed-by-link',
  severity: 'information',
  profile: 'recommended',
  equivalents: ['hadolint:DL4005', 'kics:changing_default_shell_using_run_command'],
  *check(file) {
    for (const { commands, stage } of stageRuns(file)) {
      for (const use of commands) {
        if (use.name !== 'ln' && use.name !== 'mv' && use.name !== 'cp') continue;
        const { operands } = readArguments(use.arguments, {
          valued: new Set(['-S', '-t', '--suffix', '--target-directory']),
        });
        const target = operands[operands.length - 1];
        if (operands.length < 2 || (target?.text !== '/bin/sh' && target?.text !== '/usr/bin/sh')) continue;
        yield {
          at: placeOf(file, use.command.span),
          // Of images that are not known it can't be told whether they have a shell at all.
          ...(baseSystem(file, stage).isPlatform ? {} : ({ strict: true } as const)),
          message: `This replaces ${target.text} for every script of the system; SHELL changes it for this file.`,
        };
      }
    }
  },
});
