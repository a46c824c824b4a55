import { isUnkept, type StageRun, stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import { mayRemove } from '../../languages/shell/removedPaths.ts';
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
      if (!install || isUnkept(run, CACHES[install.manager]!, '/var/cache/dnf', '/var/cache/libdnf5')) continue;
      const cleaning = cleaningOf(run);
      if (cleaning === 'all') continue;
      yield {
        at: placeOf(file, install.use.nameWord.span),
        ...(cleaning === 'part' ? ({ strict: true } as const) : onlyStrictUnlessShipped(file, run)),
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

/** What the RUN takes away again: `clean metadata` leaves the packages, `clean packages` the indexes. */
function cleaningOf(run: StageRun): 'all' | 'part' | 'nothing' {
  const cleans = run.packages.filter(({ action }) => action === 'clean');
  const isAll =
    cleans.some(({ manager, read }) => manager === 'zypper' || read.operands.every(({ text }) => !isPart(text))) ||
    run.commands.some(
      (use) =>
        /clean/i.test(use.name) ||
        [...Object.values(CACHES), '/var/cache/libdnf5'].some((path) => mayRemove(use, path)),
    );
  if (isAll) return 'all';
  return cleans.length > 0 ? 'part' : 'nothing';
}

function isPart(text: string | undefined): boolean {
  return ['packages', 'metadata', 'headers', 'dbcache', 'expire-cache'].includes(text ?? '');
}
