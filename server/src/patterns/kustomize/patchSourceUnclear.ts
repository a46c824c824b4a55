import { kustomizationRule } from './kustomizationRule.ts';

/** An entry of `patches` has both a file and a text, or neither: the build stops. */
export const rule = kustomizationRule('patch-source-unclear', 'error', 'recommended', function* ({ resource }) {
  for (const field of ['patches', 'patchesJson6902']) {
    for (const entry of resource.root.find(field)?.items ?? []) {
      if (entry.kind !== 'map') continue;
      const path = entry.find('path');
      const patch = entry.find('patch');
      if (path && patch) {
        yield {
          at: path.keyPlace,
          message: 'Nothing is built: a patch is either a path or a patch, and this entry has both.',
        };
      } else if (entry.lacks('path') && entry.lacks('patch') && entry.entries[0]) {
        yield {
          at: entry.entries[0].keyPlace,
          message: 'Nothing is built: this entry has neither a path nor a patch.',
        };
      }
    }
  }
});
