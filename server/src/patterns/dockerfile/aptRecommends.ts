import { stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import { hasOption, isSwitchedOn } from '../../languages/shell/commandArguments.ts';
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
        const settings = read.options.flatMap(({ name, value }) =>
          (name === '-o' || name === '--option') && /Install-Recommends/i.test(value ?? '') ? [value!] : [],
        );
        const isRefused =
          isSwitchedOn(read, '--no-install-recommends', '-R', '--without-recommends') ||
          read.options.some(
            ({ name, value }) => name === '--install-recommends' && /^(?:0|false|no)$/i.test(value ?? ''),
          ) ||
          settings.some((setting) => !/["=\s](?:1|true|yes)"?;?$/i.test(setting)) ||
          read.options.some(({ word }) => word.text === undefined);
        if (isRefused || read.operands.some(isOptionVariable) || isConfigured(file, run, 'noRecommends')) continue;
        // Whoever asks for them in so many words knows what comes.
        const isWanted = hasOption(read, '--install-recommends') || settings.length > 0;
        yield {
          at: placeOf(file, actionWord.span),
          ...(isWanted ? ({ strict: true } as const) : onlyStrictUnlessShipped(file, run)),
          message: `${program} install also takes what its packages recommend.`,
          fixes: isWanted ? [] : addActionOption(file, run, command, '--no-install-recommends', false),
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
