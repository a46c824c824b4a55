import { matchesAny } from '../../configuration/glob.ts';
import { defineRule } from '../../rules/contract.ts';
import { choice, demandOf } from '../../rules/parts/policies.ts';
import { describe } from '../../workspace/resource.ts';

/** Whom the organisation's clients trust: `policies.certificates.allowedIssuers` of slipway.yaml. */
export const rule = defineRule({
  id: 'network/issuer-not-allowed',
  severity: 'warning',
  profile: 'recommended',
  types: ['cert-manager.io/Certificate'],
  equivalents: ['kyverno:cert-manager-restrict-issuer'],
  *check(resource, graph) {
    const demand = demandOf(resource, graph, 'certificates');
    const allowed = demand?.policy.allowedIssuers;
    const node = resource.root.find('spec', 'issuerRef', 'name');
    const written = node?.text();
    if (!demand || !allowed || !node || written === undefined || matchesAny(allowed, written)) return;
    yield {
      at: node,
      message: `${describe(resource)} is issued by ${written}; allowed is ${choice(allowed) || 'nobody'}.`,
      ...demand.because('allowedIssuers'),
    };
  },
});
