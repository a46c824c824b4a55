import { stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

/** The command line stays in the history of the image, and the hash in its layer. A mounted secret leaves only the hash. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/password-set-by-chpasswd',
  severity: 'warning',
  profile: 'recommended',
  equivalents: ['checkov:CKV2_DOCKER_17'],
  *check(file) {
    for (const { instruction, commands } of stageRuns(file)) {
      const hasSecret = instruction.flags.some(
        (flag) => flag.name === 'mount' && flag.options.some(({ value }) => value === 'secret'),
      );
      if (hasSecret) continue;
      for (const use of commands) {
        if (use.name === 'chpasswd')
          yield {
            at: placeOf(file, use.nameWord.span),
            message: 'A password that is set here can be read from the image by everybody who has it.',
          };
      }
    }
  },
});
