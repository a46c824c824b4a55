import { defineRule } from '../../rules/contract.ts';
import { DESTINATION_RULE } from '../../workspace/istio/destinationRules.ts';
import { describe } from '../../workspace/resource.ts';
import { trafficPolicies } from './trafficPolicies.ts';

/** Mutual TLS needs a certificate of the caller, or of a Secret that holds it. */
export const rule = defineRule({
  id: 'service-mesh/tls-without-certificate',
  severity: 'error',
  profile: 'recommended',
  types: [DESTINATION_RULE],
  *check(resource) {
    const { root } = resource;
    for (const policy of trafficPolicies(root)) {
      const tls = policy.find('tls');
      const mode = tls?.find('mode');
      if (!tls || mode?.text() !== 'MUTUAL' || !tls.lacks('credentialName')) continue;
      const missing = ['clientCertificate', 'privateKey'].filter((field) => tls.lacks(field));
      if (missing.length === 0) continue;
      yield {
        at: mode,
        message: `${describe(resource)} is rejected: mode MUTUAL needs ${missing.join(' and ')}, or a credentialName.`,
      };
    }
  },
});
