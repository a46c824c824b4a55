import { isUnkept, stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import { isSwitchedOn } from '../../languages/shell/commandArguments.ts';
import { mayRemove } from '../../languages/shell/removedPaths.ts';
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
        (use) => /clean/i.test(use.name) || mayRemove(use, '/var/cache/apk') || mayRemove(use, '/etc/apk/cache'),
      );
      if (removes || run.packages.some(({ manager, action }) => manager === 'apk' && action === 'cache')) continue;
      for (const command of run.packages) {
        const { manager, action, actionWord, read } = command;
        if (manager !== 'apk' || action !== 'add' || !actionWord) continue;
        const isGiven =
          isSwitchedOn(read, '--no-cache', '--no-network') || read.options.some(({ word }) => word.text === undefined);
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
