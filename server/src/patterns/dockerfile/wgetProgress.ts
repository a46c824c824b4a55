import { baseSystem } from '../../languages/dockerfile/baseSystem.ts';
import { stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import { readArguments } from '../../languages/shell/commandArguments.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';
import { addOption } from './runFixes.ts';

const VALUED: ReadonlySet<string> = new Set([
  '-O',
  '-P',
  '-o',
  '-a',
  '-t',
  '-T',
  '-e',
  '-U',
  '-i',
  '-w',
  '-Q',
  '-l',
  '-A',
  '-R',
  '-D',
  '-X',
  '-I',
]);
const QUIET: ReadonlySet<string> = new Set([
  '-q',
  '--quiet',
  '-nv',
  '--no-verbose',
  '--progress',
  '--show-progress',
  '-o',
  '--output-file',
  '-a',
  '--append-output',
]);

/** A line per fifty kilobytes drowns the log of a build. Strict: a matter of taste, and BusyBox has no such option. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/wget-progress',
  severity: 'information',
  profile: 'strict',
  equivalents: ['hadolint:DL3047'],
  *check(file) {
    for (const run of stageRuns(file)) {
      const { family } = baseSystem(file, run.stage);
      if (family === 'alpine' || family === 'busybox') continue;
      for (const use of run.commands) {
        if (use.name !== 'wget') continue;
        const { options, operands } = readArguments(use.arguments, { valued: VALUED });
        const isNoVerbose = use.arguments.some((word) => /^-[a-zA-Z]*nv/.test(word.text ?? ''));
        if (
          operands.length === 0 ||
          isNoVerbose ||
          options.some(({ name, word }) => QUIET.has(name) || word.text === undefined)
        )
          continue;
        yield {
          at: placeOf(file, use.nameWord.span),
          message: 'wget fills the log with its progress.',
          fixes: [addOption(file, run, use.nameWord, '--progress=dot:giga', true)],
        };
      }
    }
  },
});
