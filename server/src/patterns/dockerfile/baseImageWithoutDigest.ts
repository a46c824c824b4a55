import { usedImages } from './baseImages.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

/** A tag can be pushed again with other contents; a digest can't. Strict, because it needs a bot that renews digests. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/base-image-without-digest',
  severity: 'information',
  profile: 'strict',
  *check(file) {
    for (const { reference, text, span } of usedImages(file)) {
      // Images without a tag, or with `latest`, have rules of their own.
      if (reference.digest !== undefined || reference.tag === undefined || reference.tag === 'latest') continue;
      yield { at: placeOf(file, span), message: `The tag of ${text} is not pinned by a digest.` };
    }
  },
});
