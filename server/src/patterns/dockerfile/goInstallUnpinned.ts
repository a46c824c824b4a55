import { defineDockerfileRule } from './dockerfileRule.ts';
import { unpinnedPackages } from './packageVersions.ts';

/** `go install example.com/tool@v1.2.3` is the same tool tomorrow; `@latest`, or no version, is not. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/go-install-unpinned',
  severity: 'information',
  profile: 'strict',
  equivalents: ['hadolint:DL3062'],
  check: (file) =>
    unpinnedPackages(
      file,
      ['go'],
      ({ action, read }) =>
        action === 'install' || action === 'get' ? read.operands : action === 'run' ? read.operands.slice(0, 1) : [],
      // A module of elsewhere has a host in its path; everything else is a package of the build's own module.
      (text) =>
        !/^[\w-]+(?:\.[\w-]+)+\//.test(text) || (/@./.test(text) && !/@(?:latest|upgrade|main|master)$/.test(text)),
    ),
});
