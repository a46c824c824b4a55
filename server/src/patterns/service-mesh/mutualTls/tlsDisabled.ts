import { defineRule } from '../../../rules/contract.ts';
import { DESTINATION_RULE } from '../../../workspace/istio/destinationRules.ts';
import { describe } from '../../../workspace/resource.ts';
import { trafficPolicies } from '../trafficPolicies.ts';

/** Calls in plain text are read and changed by whoever is on the way. */
export const rule = defineRule({
  id: 'service-mesh/tls-disabled',
  severity: 'information',
  profile: 'strict',
  types: [DESTINATION_RULE],
  equivalents: ['kyverno:enforce-tls-hosts-host-subnets'],
  *check(resource) {
    for (const policy of trafficPolicies(resource.root)) {
      const mode = policy.find('tls', 'mode');
      if (mode?.text() !== 'DISABLE') continue;
      yield {
        at: mode,
        message: `${describe(resource)} makes calls to ${resource.root.text('spec', 'host') ?? 'its host'} leave in plain text.`,
      };
    }
  },
});
