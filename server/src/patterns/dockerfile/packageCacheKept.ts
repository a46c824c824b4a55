import { isUnkept, type StageRun, stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';
import { appendCommand } from './runFixes.ts';
import { onlyStrictUnlessShipped } from './shippedLayers.ts';

const CACHES: Readonly<Record<string, string>> = {
  yum: '/var/cache/yum',
  dnf: '/var/cache/dnf',
  microdnf: '/var/cache/yum',
  zypper: '/var/cache/zypp',
};
const INSTALLS: ReadonlySet<string> = new Set([
  'install',
  'groupinstall',
  'upgrade',
  'update',
  'dist-upgrade',
  'patch',
]);

/** Downloaded packages and indexes stay in the layer of the RUN that loaded them, whatever a later one removes. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/package-cache-kept',
  severity: 'information',
  profile: 'recommended',
  equivalents: [
    'hadolint:DL3032',
    'hadolint:DL3036',
    'hadolint:DL3040',
    'kics:yum_clean_all_missing',
    'kics:missing_dnf_clean_all',
    'kics:missing_zypper_clean',
    'trivy:DS-0015',
    'trivy:DS-0019',
    'trivy:DS-0020',
    'trivy:DS-0027',
  ],
  *check(file) {
    for (const run of stageRuns(file)) {
      const install = run.packages.find(
        ({ manager, action }) => Object.hasOwn(CACHES, manager) && INSTALLS.has(action),
      );
      if (!install || isUnkept(run, CACHES[install.manager]!, '/var/cache/dnf', '/var/cache/libdnf5') || cleans(run))
        continue;
      yield {
        at: placeOf(file, install.use.nameWord.span),
        ...onlyStrictUnlessShipped(file, run),
        message: `The packages that ${install.program} loads stay in this layer beside what they install.`,
        fixes: appendCommand(
          file,
          run,
          `${install.program} clean${install.manager === 'zypper' ? '' : ' all'}`,
          'Clean up in this RUN',
        ),
      };
    }
  },
});

function cleans(run: StageRun): boolean {
  return run.commands.some((use) => {
    if (/clean/i.test(use.name)) return true;
    if (use.name === 'rm' || use.name === 'find')
      return use.arguments.some((word) => /var\/(?:cache|\*)|\$/.test(word.written));
    return run.packageOf.get(use)?.action === 'clean';
  });
}
