import { stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import { hasOption } from '../../languages/shell/commandArguments.ts';
import { isConfigured } from './aptConfiguration.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';
import { addActionOption } from './runFixes.ts';
import { onlyStrictUnlessShipped } from './shippedLayers.ts';

/**
 * apt also installs what packages recommend, which is often more than was asked for. Only what ends in the image counts;
 * the fix is not safe, because a recommended package (certificates, mostly) may be needed.
 */
export const rule = defineDockerfileRule({
  id: 'dockerfile/apt-recommends',
  severity: 'information',
  profile: 'recommended',
  equivalents: ['hadolint:DL3015', 'kics:apt_get_not_avoiding_additional_packages', 'trivy:DS-0029'],
  *check(file) {
    for (const run of stageRuns(file)) {
      for (const command of run.packages) {
        const { manager, program, action, actionWord, read } = command;
        if (manager !== 'apt' || action !== 'install' || !actionWord || read.operands.length === 0) continue;
        const isGiven =
          hasOption(read, '--no-install-recommends', '--install-recommends', '-R', '--without-recommends') ||
          read.options.some(
            ({ name, value }) =>
              (name === '-o' || name === '--option') && /Install-Recommends/i.test(value ?? 'Install-Recommends'),
          ) ||
          read.options.some(({ word }) => word.text === undefined);
        if (isGiven || read.operands.some(isOptionVariable) || isConfigured(file, run, 'noRecommends')) continue;
        yield {
          at: placeOf(file, actionWord.span),
          ...onlyStrictUnlessShipped(file, run),
          message: `${program} install also takes what its packages recommend.`,
          fixes: addActionOption(file, run, command, '--no-install-recommends', false),
        };
      }
    }
  },
});

/** `$APT_OPTIONS` may hold what is asked for. */
function isOptionVariable(word: {
  readonly text: string | undefined;
  readonly prefix: string;
  readonly written: string;
}): boolean {
  return word.text === undefined && word.prefix === '' && /opt|flag|arg/i.test(word.written);
}
