import { defineRule } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { DESTINATION_RULE } from '../../workspace/istio/destinationRules.ts';
import { describe } from '../../workspace/resource.ts';
import { trafficPolicies } from './trafficPolicies.ts';

const KEYS = ['httpHeaderName', 'httpCookie', 'useSourceIp', 'httpQueryParameterName'];

/** Consistent hashing must be told what to hash. */
export const rule = defineRule({
  id: 'service-mesh/hash-key-missing',
  severity: 'error',
  profile: 'recommended',
  types: [DESTINATION_RULE],
  *check(resource) {
    const { root } = resource;
    for (const policy of trafficPolicies(root)) {
      const hash: SourceNode | undefined = policy.find('loadBalancer', 'consistentHash');
      if (!hash || hash.kind === 'unknown' || KEYS.some((key) => !hash.lacks(key))) continue;
      yield {
        at: hash.keyPlace,
        message: `The consistent hash of ${describe(resource)} has no key: one of ${KEYS.join(', ')}.`,
      };
    }
  },
});
