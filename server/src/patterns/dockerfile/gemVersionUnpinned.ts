import { hasOption } from '../../languages/shell/commandArguments.ts';
import { defineDockerfileRule } from './dockerfileRule.ts';
import { unpinnedPackages } from './packageVersions.ts';

/** `gem install name:1.2.3`, or `-v 1.2.3` for all names of the command. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/gem-version-unpinned',
  severity: 'information',
  profile: 'strict',
  equivalents: ['hadolint:DL3028', 'kics:gem_install_without_version'],
  check: (file) =>
    unpinnedPackages(
      file,
      ['gem'],
      ({ action, read, use }) => {
        if (action !== 'install' || hasOption(read, '-v', '--version', '-g', '--file')) return [];
        // What follows `--` is for the build of the extension.
        const end = use.arguments.find(({ text }) => text === '--')?.span.start ?? Number.POSITIVE_INFINITY;
        return read.operands.filter(({ span }) => span.start < end);
      },
      (text) => /:./.test(text) || /\.gem$/.test(text) || text.includes('/'),
    ),
});
