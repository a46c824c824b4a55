import { type ImageReference, parseImageReference } from '../../languages/imageReference.ts';
import { defineRule } from '../../rules/contract.ts';
import { allContainersOf, containerName, POD_OWNERS } from '../../rules/parts/containers.ts';
import { choice, demandOf } from '../../rules/parts/policies.ts';
import { isFrom } from '../../rules/parts/registries.ts';
import { PUBLIC_IMAGES } from '../../workspace/applications.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

/** The organisation says where images come from: `policies.images` of slipway.yaml. */
export const rule = defineRule({
  id: 'pod-security/image-registry-not-allowed',
  severity: 'warning',
  profile: 'recommended',
  types: POD_OWNERS,
  equivalents: [
    'trivy:KSV-0032',
    'trivy:KSV-0033',
    'trivy:KSV-0034',
    'trivy:KSV-0035',
    'trivy:KSV-0125',
    'gatekeeper:allowedrepos',
    'gatekeeper:allowedreposv2',
    'gatekeeper:disallowedrepos',
    'kyverno:restrict-image-registries',
    'kyverno:advanced-restrict-image-registries',
    'kyverno:only-trustworthy-registries-set-root',
    'kubescape:container-image-repository',
    'kubescape:rule-identify-blocklisted-image-registries',
    'kubescape:agent-sandbox-image-registry-allowlist',
    'popeye:113',
  ],
  *check(resource, graph) {
    const demand = demandOf(resource, graph, 'images');
    const { allowedRegistries, deniedRegistries = [] } = demand?.policy ?? {};
    if (!demand || (!allowedRegistries && deniedRegistries.length === 0)) return;
    for (const entry of allContainersOf(resource)) {
      const image = entry.container.find('image');
      const reference = parseImageReference(image?.text() ?? '');
      if (!image || !reference) continue;
      const written = image.text()!.slice(0, reference.nameEnd);
      if (isReplaced(written, reference, resource, graph)) continue;
      const denied = isFrom(reference, deniedRegistries);
      if (!denied && (!allowedRegistries || isFrom(reference, allowedRegistries))) continue;
      const wish = denied ? 'which is not allowed' : `not from ${choice(allowedRegistries ?? [])}`;
      yield {
        at: image,
        message: `The image ${written} of ${containerName(entry)} comes from ${reference.registry}, ${wish}.`,
        ...demand.because(denied ? 'deniedRegistries' : 'allowedRegistries'),
      };
    }
  },
});

/** The overlay writes another name, or the tool that builds the image does. */
function isReplaced(name: string, reference: ImageReference, resource: Resource, graph: ResourceGraph): boolean {
  const isPlaceholder = reference.tag === undefined && !name.includes('/') && !PUBLIC_IMAGES.has(name);
  return (
    isPlaceholder ||
    graph
      .near(resource, 'kustomize/Kustomization')
      .some(({ root }) =>
        root.find('images')?.items.some((image) => image.text('name') === name && image.find('newName')),
      )
  );
}
