import { defineDockerfileRule } from './dockerfileRule.ts';
import { isLocalOrRemote, unpinnedPackages } from './packageVersions.ts';

/**
 * A package without a version is another one tomorrow, and so are `@latest` and a repository without `#commit`.
 * `npm install` without names takes what the lock file says.
 */
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
      (text) => {
        if (REPOSITORY.test(text)) return /#./.test(text);
        const version = /^(?:@[^/@]+\/)?[^/@]+@(.+)$/.exec(text)?.[1];
        if (version !== undefined) return !/^(?:latest|next|\*|x)$/.test(version);
        return isLocalOrRemote(text.replace(/^@[^/]+\//, '')) || /\.tgz$|\.tar\.gz$/.test(text);
      },
    ),
});

/** An address of git, or `owner/name` of GitHub. */
const REPOSITORY = /^(?:git(?:\+\w+)?:|git@|github:|gitlab:|bitbucket:|[\w-]+\/[\w.-]+(?:#|$))/;
