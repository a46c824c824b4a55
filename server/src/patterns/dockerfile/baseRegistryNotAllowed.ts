import { choice, demandOf } from '../../rules/parts/policies.ts';
import { isFrom } from '../../rules/parts/registries.ts';
import { usedImages } from './baseImages.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

/** The organisation says which base images it trusts: `policies.dockerfile.baseRegistries` of slipway.yaml. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/base-registry-not-allowed',
  severity: 'warning',
  profile: 'recommended',
  equivalents: ['hadolint:DL3026'],
  *check(file, resource, graph) {
    const demand = demandOf(resource, graph, 'dockerfile');
    const allowed = demand?.policy.baseRegistries;
    if (!demand || !allowed) return;
    for (const { reference, text, span } of usedImages(file)) {
      if (isFrom(reference, allowed)) continue;
      yield {
        at: placeOf(file, span),
        message: `The image ${text} comes from ${reference.registry}, not from ${choice(allowed)}.`,
        ...demand.because('baseRegistries'),
      };
    }
  },
});
