import { isUnkept, type StageRun, stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import { mayRemove } from '../../languages/shell/removedPaths.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';
import { appendCommand } from './runFixes.ts';
import { onlyStrictUnlessShipped } from './shippedLayers.ts';

/**
 * The lists that `apt-get update` loads are some 20 to 50 MB and are old the next day. Only what ends in the image
 * counts, and a later RUN can't take them out of the layer again.
 */
export const rule = defineDockerfileRule({
  id: 'dockerfile/apt-lists-kept',
  severity: 'information',
  profile: 'recommended',
  equivalents: ['hadolint:DL3009', 'kics:apt_get_install_lists_were_not_deleted'],
  *check(file) {
    for (const run of stageRuns(file)) {
      if (isUnkept(run, '/var/lib/apt/lists')) continue;
      const update = run.packages.find(({ manager, action }) => manager === 'apt' && action === 'update');
      if (!update || removesLists(run)) continue;
      yield {
        at: placeOf(file, update.use.command.span),
        ...onlyStrictUnlessShipped(file, run),
        message: `The package lists that ${update.program} update loads stay in this layer.`,
        fixes: appendCommand(file, run, 'rm -rf /var/lib/apt/lists/*', 'Remove the lists in this RUN'),
      };
    }
  },
});

/** Any way of emptying the folder; a script whose name speaks of cleaning may do it as well. */
function removesLists(run: StageRun): boolean {
  return run.commands.some((use) => {
    if (/clean/i.test(use.name) || mayRemove(use, '/var/lib/apt/lists')) return true;
    return run.packageOf.get(use)?.action === 'dist-clean';
  });
}
