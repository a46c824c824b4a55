import { hasOption } from '../../languages/shell/commandArguments.ts';
import { defineDockerfileRule } from './dockerfileRule.ts';
import { isLocalOrRemote, unpinnedPackages } from './packageVersions.ts';

/** A constraints file pins everything at once; `-r` names what the file pins. A repository is pinned by `@commit`. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/pip-version-unpinned',
  severity: 'information',
  profile: 'strict',
  equivalents: ['hadolint:DL3013', 'kics:unpinned_package_version_in_pip_install'],
  check: (file) =>
    unpinnedPackages(
      file,
      ['pip'],
      ({ action, read }) =>
        action === 'install' && !hasOption(read, '-c', '--constraint', '--require-hashes') ? read.operands : [],
      (text) => {
        const repository = REPOSITORY.exec(text);
        // Behind the host, `@` names a commit, branch or tag.
        if (repository) return /^[^/]*\/.*@./.test(repository[1]!.replace(/#.*$/, ''));
        return /[=<>~!@]/.test(text) || isLocalOrRemote(text) || /\.(?:whl|zip|tar\.gz)$/.test(text);
      },
    ),
});

/** What stands behind `git+https://`, also in `name @ git+https://…`. */
const REPOSITORY = /^(?:[\w.[\],-]+\s*@\s*)?(?:git|hg|svn|bzr)\+\w+:\/\/(.*)$/;
