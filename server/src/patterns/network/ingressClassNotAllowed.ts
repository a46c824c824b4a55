import { matchesAny } from '../../configuration/glob.ts';
import { defineRule } from '../../rules/contract.ts';
import { choice, demandOf } from '../../rules/parts/policies.ts';
import { describe } from '../../workspace/resource.ts';
import { INGRESS } from './ingresses.ts';

/** Which gate traffic comes in by is the organisation's decision: `policies.ingress` of slipway.yaml. */
export const rule = defineRule({
  id: 'network/ingress-class-not-allowed',
  severity: 'warning',
  profile: 'recommended',
  types: [INGRESS],
  equivalents: ['kyverno:restrict-ingress-classes'],
  *check(resource, graph) {
    const demand = demandOf(resource, graph, 'ingress');
    const allowed = demand?.policy.allowedClasses;
    const { root } = resource;
    const node =
      root.find('spec', 'ingressClassName') ?? root.find('metadata', 'annotations', 'kubernetes.io/ingress.class');
    const written = node?.text();
    if (!demand || !allowed || !node || written === undefined || matchesAny(allowed, written)) return;
    yield {
      at: node,
      message: `${describe(resource)} is of the class ${written}; allowed is ${choice(allowed) || 'none'}.`,
      ...demand.because('allowedClasses'),
    };
  },
});
