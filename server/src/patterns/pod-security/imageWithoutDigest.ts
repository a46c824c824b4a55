import { parseImageReference } from '../../languages/imageReference.ts';
import { defineRule } from '../../rules/contract.ts';
import { allContainersOf, containerName, POD_OWNERS } from '../../rules/parts/containers.ts';

/** Only a digest names one image for ever; a tag can be pushed again. */
export const rule = defineRule({
  id: 'pod-security/image-without-digest',
  severity: 'information',
  profile: 'strict',
  types: POD_OWNERS,
  equivalents: [
    'checkov:CKV_K8S_43',
    'kics:image_without_digest',
    'gatekeeper:imagedigests',
    'kyverno:require-image-checksum',
    'kubescape:image-not-pinned-to-digest',
  ],
  *check(resource) {
    for (const entry of allContainersOf(resource)) {
      const image = entry.container.find('image');
      const reference = parseImageReference(image?.text() ?? '');
      if (!image || !reference || reference.digest !== undefined) continue;
      yield { at: image, message: `The image of ${containerName(entry)} is not pinned by a digest.` };
    }
  },
});
