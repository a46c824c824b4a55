import { isUnkept, stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import { hasOption } from '../../languages/shell/commandArguments.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';
import { addActionOption } from './runFixes.ts';
import { onlyStrictUnlessShipped } from './shippedLayers.ts';

/** `--no-cache` loads the index for this one call and keeps nothing. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/apk-cache-kept',
  severity: 'information',
  profile: 'recommended',
  equivalents: ['hadolint:DL3019', 'kics:apk_add_using_local_cache_path', 'trivy:DS-0025'],
  *check(file) {
    for (const run of stageRuns(file)) {
      if (isUnkept(run, '/var/cache/apk', '/etc/apk/cache')) continue;
      const removes = run.commands.some(
        (use) =>
          /clean/i.test(use.name) ||
          (use.name === 'rm' && use.arguments.some((word) => /var\/cache|\$/.test(word.written))),
      );
      if (removes || run.packages.some(({ manager, action }) => manager === 'apk' && action === 'cache')) continue;
      for (const command of run.packages) {
        const { manager, action, actionWord, read } = command;
        if (manager !== 'apk' || action !== 'add' || !actionWord) continue;
        const isGiven =
          hasOption(read, '--no-cache', '--no-network') || read.options.some(({ word }) => word.text === undefined);
        if (
          isGiven ||
          read.operands.some(
            (word) => word.text === undefined && word.prefix === '' && /opt|flag|arg/i.test(word.written),
          )
        )
          continue;
        yield {
          at: placeOf(file, actionWord.span),
          ...onlyStrictUnlessShipped(file, run),
          message: 'apk add keeps its package index in this layer.',
          fixes: addActionOption(file, run, command, '--no-cache', true),
        };
      }
    }
  },
});
