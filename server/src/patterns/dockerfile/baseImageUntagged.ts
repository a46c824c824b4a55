import { usedImages } from './baseImages.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

/** Without a tag the builder takes `latest`, which is another image tomorrow. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/base-image-untagged',
  severity: 'warning',
  profile: 'recommended',
  equivalents: ['hadolint:DL3006', 'kics:image_version_not_explicit', 'checkov:CKV_DOCKER_7', 'trivy:DS-0001'],
  *check(file) {
    for (const { reference, text, span } of usedImages(file)) {
      if (reference.tag !== undefined || reference.digest !== undefined) continue;
      yield {
        at: placeOf(file, span),
        message: `The image ${text} has no tag, so every build may take another version.`,
      };
    }
  },
});
