import { parseImageReference } from '../../languages/imageReference.ts';
import { defineRule } from '../../rules/contract.ts';
import { CONTAINER_OWNERS, containerName, containersOf } from '../../rules/parts/containers.ts';

/** The project ingress-nginx ended in March 2026: holes that are found since then stay open. */
export const rule = defineRule({
  id: 'network/controller-retired',
  severity: 'information',
  profile: 'strict',
  types: CONTAINER_OWNERS,
  equivalents: ['kubescape:detect-nginx-ingress-controller-eol'],
  *check(resource) {
    for (const entry of containersOf(resource)) {
      const image = entry.container.find('image');
      if (!image || parseImageReference(image.text() ?? '')?.repository !== 'ingress-nginx/controller') continue;
      yield {
        at: image,
        message: `The project of ingress-nginx has ended, and nobody mends ${containerName(entry)} any more.`,
      };
    }
  },
});
