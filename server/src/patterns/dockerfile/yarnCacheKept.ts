import { type StageRun, stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import { hasOption } from '../../languages/shell/commandArguments.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';
import { appendCommand } from './runFixes.ts';
import { onlyStrictUnlessShipped } from './shippedLayers.ts';

/** yarn keeps every package twice: where it is used, and in a cache that an image never needs again. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/yarn-cache-kept',
  severity: 'information',
  profile: 'recommended',
  equivalents: ['hadolint:DL3060'],
  *check(file) {
    for (const run of stageRuns(file)) {
      if (cleans(run)) continue;
      const install = run.packages.find(
        ({ manager, action, read }) =>
          manager === 'yarn' &&
          (['install', '', 'add'].includes(action) || (action === 'global' && read.operands[0]?.text === 'add')) &&
          !hasOption(read, '--version', '-v', '--help', '--cache-folder'),
      );
      if (!install) continue;
      yield {
        at: placeOf(file, install.use.command.span),
        ...onlyStrictUnlessShipped(file, run),
        message: 'yarn keeps its cache in this layer.',
        fixes: appendCommand(file, run, 'yarn cache clean', 'Clean the cache in this RUN'),
      };
    }
  },
});

function cleans(run: StageRun): boolean {
  if (run.unkeptTargets.some((target) => /yarn|\.cache|\$/.test(target))) return true;
  return run.commands.some(
    (use) =>
      ((use.name === 'yarn' || use.name === 'yarnpkg') &&
        use.arguments[0]?.text === 'cache' &&
        use.arguments[1]?.text !== 'list' &&
        use.arguments[1]?.text !== 'dir') ||
      (use.name === 'rm' && use.arguments.some((word) => /cache|\$/.test(word.written))),
  );
}
