import { defineRule } from '../../rules/contract.ts';
import { DESTINATION_RULE } from '../../workspace/istio/destinationRules.ts';
import { describe } from '../../workspace/resource.ts';
import { trafficPolicies } from './trafficPolicies.ts';

/** Without an authority, a proxy trusts what the system trusts, and before Istio 1.20 everything. */
export const rule = defineRule({
  id: 'service-mesh/tls-without-authority',
  severity: 'information',
  profile: 'strict',
  types: [DESTINATION_RULE],
  equivalents: ['istioctl:IST0128', 'istioctl:IST0129'],
  *check(resource) {
    const { root } = resource;
    for (const policy of trafficPolicies(root)) {
      const tls = policy.find('tls');
      const mode = tls?.find('mode');
      if (!tls || (mode?.text() !== 'SIMPLE' && mode?.text() !== 'MUTUAL')) continue;
      if (['caCertificates', 'credentialName', 'insecureSkipVerify'].some((field) => !tls.lacks(field))) continue;
      yield {
        at: mode,
        message: `${describe(resource)} names no caCertificates, so the certificate of ${root.text('spec', 'host') ?? 'the callee'} is checked against the system's authorities, or not at all before Istio 1.20.`,
      };
    }
  },
});
