import { folderName, kustomizationRule } from './kustomizationRule.ts';

/** Kustomizations include each other in a circle: the build stops. */
export const rule = kustomizationRule('includes-itself', 'error', 'recommended', function* ({ build }) {
  if (!build.cycle) return;
  yield {
    at: build.cycle,
    message: `Nothing is built: ${folderName(build.folder)} includes ${build.cycle.text()}, which includes it again.`,
  };
});
