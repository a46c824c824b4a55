import { defineDockerfileRule } from './dockerfileRule.ts';
import { isLocalOrRemote, unpinnedPackages } from './packageVersions.ts';

/** A package without a version is another one tomorrow. `npm install` without names takes what the lock file says. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/npm-version-unpinned',
  severity: 'information',
  profile: 'strict',
  equivalents: ['hadolint:DL3016', 'kics:npm_install_without_pinned_version'],
  check: (file) =>
    unpinnedPackages(
      file,
      ['npm'],
      ({ action, read }) => (action === 'install' ? read.operands : []),
      (text) =>
        /^(?:@[^/@]+\/)?[^/@]+@./.test(text) ||
        isLocalOrRemote(text.replace(/^@[^/]+\//, '')) ||
        /\.tgz$|\.tar\.gz$/.test(text),
    ),
});
