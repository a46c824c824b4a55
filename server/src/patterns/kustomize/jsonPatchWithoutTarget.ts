import { kustomizationRule } from './kustomizationRule.ts';

/** A list of operations does not say what it is for: without a target the build stops. */
export const rule = kustomizationRule('json-patch-without-target', 'error', 'recommended', function* ({ build }) {
  for (const { entry, isJson, target } of build.patches) {
    if (!isJson || target || (entry.kind === 'map' && !entry.lacks('target'))) continue;
    yield {
      at: entry.find('path') ?? entry.find('patch')?.keyPlace ?? entry,
      message: 'Nothing is built: a JSON patch needs a target that says which objects it changes.',
    };
  }
});
