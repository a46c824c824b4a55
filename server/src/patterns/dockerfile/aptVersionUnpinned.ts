import { defineDockerfileRule } from './dockerfileRule.ts';
import { isLocalOrRemote, unpinnedPackages } from './packageVersions.ts';

/** Debian removes old versions from its index, so pins break builds as surely as they keep them the same. Strict. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/apt-version-unpinned',
  severity: 'information',
  profile: 'strict',
  equivalents: ['hadolint:DL3008', 'kics:apt_get_install_pin_version_not_defined'],
  check: (file) =>
    unpinnedPackages(
      file,
      ['apt'],
      ({ action, read }) => (action === 'install' ? read.operands : []),
      (text) => text.includes('=') || isLocalOrRemote(text) || /\.deb$|[+-]$/.test(text),
    ),
});
