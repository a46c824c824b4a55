import { defineDockerfileRule } from './dockerfileRule.ts';
import { isLocalOrRemote, unpinnedPackages } from './packageVersions.ts';

/** A version after the name (`httpd-2.4.57`) makes the build the same tomorrow. Strict, like the other pins. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/yum-version-unpinned',
  severity: 'information',
  profile: 'strict',
  equivalents: [
    'hadolint:DL3033',
    'hadolint:DL3037',
    'hadolint:DL3041',
    'kics:yum_install_without_version',
    'kics:missing_version_specification_in_dnf_install',
    'kics:zypper_install_without_version',
  ],
  check: (file) =>
    unpinnedPackages(
      file,
      ['yum', 'dnf', 'microdnf', 'zypper'],
      ({ action, read }) => (action === 'install' ? read.operands : []),
      (text) => /-\d|[=<>]/.test(text) || /^[@-]|\.rpm$|\*/.test(text) || isLocalOrRemote(text),
    ),
});
