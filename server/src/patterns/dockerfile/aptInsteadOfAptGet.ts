import { stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';
import { renameWord } from './runFixes.ts';

const SHARED: ReadonlySet<string> = new Set([
  'update',
  'install',
  'upgrade',
  'remove',
  'purge',
  'autoremove',
  'autopurge',
  'autoclean',
  'clean',
  'download',
  'source',
  'build-dep',
  'dist-upgrade',
]);

/** `apt` is made for people: it says itself that its command line may change. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/apt-instead-of-apt-get',
  severity: 'information',
  profile: 'recommended',
  equivalents: ['hadolint:DL3027', 'kics:run_using_apt', 'checkov:CKV_DOCKER_9'],
  *check(file) {
    for (const run of stageRuns(file)) {
      for (const { program, use, action, actionWord } of run.packages) {
        if (program !== 'apt') continue;
        const isShared = SHARED.has(action) && actionWord?.text === action;
        yield {
          at: placeOf(file, use.nameWord.span),
          message: 'The command line of apt may change; scripts use apt-get.',
          fixes: isShared ? renameWord(file, use.nameWord, 'apt', 'apt-get') : [],
        };
      }
    }
  },
});
