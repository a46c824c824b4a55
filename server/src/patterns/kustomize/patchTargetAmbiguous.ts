import { kustomizationRule } from './kustomizationRule.ts';
import { patchName, patchPlace } from './patchTargetMissing.ts';

/** Several objects answer to a patch that has no target: the build stops. */
export const rule = kustomizationRule(
  'patch-target-ambiguous',
  'error',
  'recommended',
  function* ({ build, resource }) {
    for (const use of build.patches) {
      if (use.target || use.isJson || (use.objects?.length ?? 0) < 2) continue;
      const name = patchName(use);
      if (name === undefined) continue;
      yield {
        at: patchPlace(use, resource.uri),
        message: `Nothing is built: ${use.objects!.length} objects are called ${name}, and the patch does not say which one it is for.`,
        related: use.objects!.flatMap(({ written }) => {
          const at = written.root.find('metadata', 'name');
          return at ? [{ at, message: 'This is one of them.' }] : [];
        }),
      };
    }
  },
);
