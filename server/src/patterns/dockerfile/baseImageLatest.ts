import { imagesByDefault, usedImages } from './baseImages.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

/** `latest` is whatever was pushed last. With a digest beside it the tag is only a remark. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/base-image-latest',
  severity: 'warning',
  profile: 'recommended',
  equivalents: ['hadolint:DL3007', 'kics:image_version_using_latest', 'checkov:CKV_DOCKER_7', 'trivy:DS-0001'],
  *check(file) {
    const written = usedImages(file).filter(
      ({ reference }) => reference.tag === 'latest' && reference.digest === undefined,
    );
    // A build argument may choose the image and leave the tag as it is.
    const chosen = file.stages.flatMap(({ image }) => (image && /\$.*:latest$/.test(image.text) ? [image] : []));
    for (const { text, span } of [...written, ...chosen]) {
      yield { at: placeOf(file, span), message: `The image ${text} may be another version in every build.` };
    }
    for (const { reference, text, span } of imagesByDefault(file)) {
      if (reference.tag !== 'latest' || reference.digest !== undefined) continue;
      if (chosen.some((image) => image.span.start === span.start)) continue;
      yield {
        at: placeOf(file, span),
        message: `Without build arguments this is ${text}, which may be another version in every build.`,
        strict: true,
      };
    }
  },
});
