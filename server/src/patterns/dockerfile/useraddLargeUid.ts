import { stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import { hasOption, readArguments } from '../../languages/shell/commandArguments.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';
import { addOption } from './runFixes.ts';

const VALUED: ReadonlySet<string> = new Set([
  '-b',
  '--base-dir',
  '-c',
  '--comment',
  '-d',
  '--home-dir',
  '--home',
  '-e',
  '--expiredate',
  '-f',
  '--inactive',
  '-g',
  '--gid',
  '-G',
  '--groups',
  '-k',
  '--skel',
  '-K',
  '--key',
  '-p',
  '--password',
  '-R',
  '--root',
  '-P',
  '--prefix',
  '-s',
  '--shell',
  '-u',
  '--uid',
  '-Z',
  '--selinux-user',
]);
const LARGE = 100_000;

/** `useradd` writes /var/log/lastlog up to the place of that number: gigabytes of zeros, which the layer really holds. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/useradd-large-uid',
  severity: 'warning',
  profile: 'recommended',
  equivalents: ['hadolint:DL3046'],
  *check(file) {
    for (const run of stageRuns(file)) {
      for (const use of run.commands) {
        if (use.name !== 'useradd') continue;
        const read = readArguments(use.arguments, { valued: VALUED });
        const uid = read.options.find(({ name }) => name === '-u' || name === '--uid');
        const isLarge = uid?.value !== undefined && /^\d+$/.test(uid.value) && Number(uid.value) >= LARGE;
        if (!uid || !isLarge || hasOption(read, '-l', '--no-log-init')) continue;
        yield {
          at: placeOf(file, uid.word.span),
          message: `With user id ${uid.value}, useradd writes a huge /var/log/lastlog.`,
          fixes: [addOption(file, run, use.nameWord, '--no-log-init', true)],
        };
      }
    }
  },
});
