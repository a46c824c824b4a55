import { kustomizationRule } from './kustomizationRule.ts';

/** A base of another repository without a `ref`: each build takes whatever its default branch holds then. */
export const rule = kustomizationRule('remote-unpinned', 'warning', 'recommended', function* ({ build }) {
  for (const { field, at, path, target } of build.paths) {
    if (target.status !== 'remote' || !['resources', 'bases', 'components'].includes(field)) continue;
    // A single file that is fetched may name a release in its path.
    if (/[?&](?:ref|version)=/.test(path) || /\.(?:ya?ml|json)(?:$|\?)/i.test(path)) continue;
    yield {
      at,
      message: `${path} names no ref, so each build takes what its default branch holds at that time.`,
    };
  }
});
