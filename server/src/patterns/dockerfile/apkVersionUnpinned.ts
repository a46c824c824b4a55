import { defineDockerfileRule } from './dockerfileRule.ts';
import { isLocalOrRemote, unpinnedPackages } from './packageVersions.ts';

/** Alpine keeps only the newest version of a release, so pins break builds as surely as they keep them the same. Strict. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/apk-version-unpinned',
  severity: 'information',
  profile: 'strict',
  equivalents: ['hadolint:DL3018', 'kics:unpinned_package_version_in_apk_add'],
  check: (file) =>
    unpinnedPackages(
      file,
      ['apk'],
      ({ action, read }) => (action === 'add' ? read.operands : []),
      (text) => /[=<>~]/.test(text) || isLocalOrRemote(text) || /^[!.]|\.apk$/.test(text),
    ),
});
