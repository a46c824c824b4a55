import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';
import { fileCopies } from './fileCopies.ts';

/**
 * What ADD downloads is not checked unless `--checksum` says what to expect, and it stays in its layer whatever a later
 * RUN removes. Strict: downloading by RUN has the same weakness unless it checks and cleans up.
 */
export const rule = defineDockerfileRule({
  id: 'dockerfile/remote-add',
  severity: 'information',
  profile: 'strict',
  equivalents: ['kics:curl_or_wget_instead_of_add'],
  *check(file) {
    for (const { instruction, sources, hasFlag } of fileCopies(file)) {
      if (instruction.keyword !== 'ADD' || hasFlag('checksum')) continue;
      for (const { value, written, span } of sources) {
        // A Git address names its commit itself.
        if (!/^https?:\/\//i.test(value ?? written) || /\.git(?:[#?]|$)/.test(written)) continue;
        yield { at: placeOf(file, span), message: `ADD downloads ${written} without a checksum.` };
      }
    }
  },
});
