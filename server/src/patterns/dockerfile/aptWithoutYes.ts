import { stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import { isSwitchedOn } from '../../languages/shell/commandArguments.ts';
import { isConfigured } from './aptConfiguration.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';
import { addActionOption } from './runFixes.ts';

const ASKS: ReadonlySet<string> = new Set([
  'install',
  'upgrade',
  'dist-upgrade',
  'remove',
  'purge',
  'autoremove',
  'build-dep',
  'autopurge',
]);

/** Nobody can answer the question in a build, so apt gives up. `-qq` answers it too. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/apt-without-yes',
  severity: 'warning',
  profile: 'recommended',
  equivalents: ['hadolint:DL3014', 'kics:apt_get_missing_flags_to_avoid_manual_input', 'trivy:DS-0021'],
  *check(file) {
    for (const run of stageRuns(file)) {
      for (const command of run.packages) {
        const { manager, program, action, actionWord, read, use } = command;
        if (manager !== 'apt' || !actionWord || !ASKS.has(action)) continue;
        const quiet = read.options.filter(({ name }) => name === '-q' || name === '--quiet');
        const isAnswered =
          isSwitchedOn(
            read,
            '-y',
            '--yes',
            '--assume-yes',
            '--force-yes',
            '-s',
            '--simulate',
            '--dry-run',
            '--just-print',
            '--assume-no',
            '--print-uris',
            '-d',
            '--download-only',
          ) ||
          quiet.length > 1 ||
          quiet.some(({ value }) => Number(value) >= 2) ||
          read.options.some(
            ({ name, value }) => (name === '-o' || name === '--option') && /Assume-Yes/i.test(value ?? 'Assume-Yes'),
          );
        // `yes | apt-get install` and a variable that may hold the option.
        const isPiped =
          use.pipeline.commands[0] !== use.command ||
          use.command.redirections.some(({ operator }) => operator.startsWith('<'));
        const mayHold =
          read.options.some(({ word }) => word.text === undefined) ||
          read.operands.some(
            (word) => word.text === undefined && word.prefix === '' && /opt|flag|arg/i.test(word.written),
          );
        if (isAnswered || isPiped || mayHold || isConfigured(file, run, 'assumeYes')) continue;
        yield {
          at: placeOf(file, actionWord.span),
          message: `${program} ${action} asks before it goes on, and nobody answers in a build.`,
          fixes: addActionOption(file, run, command, '-y', true),
        };
      }
    }
  },
});
