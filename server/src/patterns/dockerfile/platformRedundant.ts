import { defineDockerfileRule, placeOf, replace } from './dockerfileRule.ts';

/** The target platform is what FROM takes anyway. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/platform-redundant',
  severity: 'information',
  profile: 'recommended',
  equivalents: ['hadolint:DL3065', 'buildkit:RedundantTargetPlatform'],
  *check(file) {
    for (const { instruction } of file.stages) {
      const flag = instruction.flags.find((candidate) => candidate.name === 'platform');
      if (!flag || !/^\$(?:TARGETPLATFORM|\{TARGETPLATFORM\})$/.test(flag.value ?? '')) continue;
      const { end } = flag.span;
      const blanks = /^[ \t]*/.exec(file.source.text.slice(end, end + 200))![0].length;
      yield {
        at: placeOf(file, flag.span),
        message: 'FROM takes the target platform by itself.',
        fixes: [
          {
            title: 'Remove the flag',
            safe: true,
            edits: () => [replace(file, { start: flag.span.start, end: end + blanks }, '')],
          },
        ],
      };
    }
  },
});
