import { defineRule } from '../../rules/contract.ts';
import { demandOf } from '../../rules/parts/policies.ts';
import { describe } from '../../workspace/resource.ts';

const GROUP = 'source.toolkit.fluxcd.io';

/** Without a signature, whoever can write to the source deploys: `policies.flux.requireVerification` of slipway.yaml. */
export const rule = defineRule({
  id: 'flux/source-not-verified',
  severity: 'warning',
  profile: 'recommended',
  types: [`${GROUP}/GitRepository`, `${GROUP}/OCIRepository`],
  equivalents: ['kyverno:verify-flux-sources', 'kyverno:verify-git-repositories'],
  *check(resource, graph) {
    const demand = demandOf(resource, graph, 'flux');
    const spec = resource.root.find('spec');
    if (demand?.policy.requireVerification !== true || spec?.kind !== 'map' || !spec.lacks('verify')) return;
    yield {
      at: spec.keyPlace,
      message: `${describe(resource)} deploys whatever it finds, without verifying who signed it.`,
      ...demand.because('requireVerification'),
    };
  },
});
