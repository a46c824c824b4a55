import { parseImageReference } from '../../languages/imageReference.ts';
import { defineRule } from '../../rules/contract.ts';
import { allContainersOf, containerName, POD_OWNERS } from '../../rules/parts/containers.ts';
import { PUBLIC_IMAGES } from '../../workspace/applications.ts';

/** An image without a tag, or with `latest`, is another one tomorrow: nobody can say what runs, or go back to it. */
export const rule = defineRule({
  id: 'pod-security/image-tag-latest',
  severity: 'warning',
  profile: 'recommended',
  types: POD_OWNERS,
  equivalents: [
    'kube-linter:latest-tag',
    'kube-score:container-image-tag',
    'polaris:tagNotSpecified',
    'checkov:CKV_K8S_14',
    'trivy:KSV-0013',
    'kics:invalid_image',
    'gatekeeper:disallowedtags',
    'kyverno:disallow-latest-tag',
    'popeye:100',
    'popeye:101',
    'kubevious:latest-image',
  ],
  *check(resource) {
    for (const entry of allContainersOf(resource)) {
      const image = entry.container.find('image');
      const reference = parseImageReference(image?.text() ?? '');
      if (!image || !reference || reference.digest !== undefined) continue;
      if (reference.tag !== undefined && reference.tag !== 'latest') continue;
      const written = image.text()!.slice(0, reference.nameEnd);
      // A bare name that is no public image is filled in by the tool that builds it.
      const isPlaceholder = reference.tag === undefined && !written.includes('/') && !PUBLIC_IMAGES.has(written);
      yield {
        at: image,
        message:
          reference.tag === undefined
            ? `The image ${written} of ${containerName(entry)} has no tag, so latest is pulled.`
            : `The image ${written} of ${containerName(entry)} has the tag latest, which is another image after each push.`,
        // Knative notes which image a tag means when it makes a revision.
        ...(isPlaceholder || resource.type === 'serving.knative.dev/Service' ? { strict: true } : {}),
      };
    }
  },
});
