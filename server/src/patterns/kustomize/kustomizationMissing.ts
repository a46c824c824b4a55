import { kustomizationRule } from './kustomizationRule.ts';

/** A folder is listed that has no kustomization: the build stops, whatever manifests lie there. */
export const rule = kustomizationRule('kustomization-missing', 'error', 'recommended', function* ({ build }) {
  for (const { field, at, path, target } of build.paths) {
    if (target.status !== 'folder') continue;
    // A folder of files may be what a generator wants.
    if (field.endsWith('Generator')) continue;
    yield { at, message: `The folder ${path} has no kustomization.yaml, so nothing is built.` };
  }
});
