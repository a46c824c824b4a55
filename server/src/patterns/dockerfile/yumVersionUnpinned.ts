import { defineDockerfileRule } from './dockerfileRule.ts';
import { isLocalOrRemote, unpinnedPackages } from './packageVersions.ts';

/** A version after the name (`httpd-2.4.57`), or the stream of a module, makes the build the same tomorrow. Strict. */
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
      ({ action, read }) => {
        const [verb, ...modules] = read.operands;
        if (action === 'module') return ['install', 'enable'].includes(verb?.text ?? '') ? modules : [];
        return action === 'install' ? read.operands : [];
      },
      (text) => VERSION.test(text) || /[=<>:]/.test(text) || /^[@-]|\.rpm$|^\*/.test(text) || isLocalOrRemote(text),
    ),
});

/** `name-version` and `name-version-release`; `java-11-openjdk` is only a name. A star may stand for the rest. */
const VERSION = /-\d[^-]*$|-\d[^-]*-[\d*][^-]*$|-\d[^-]*\*$/;
