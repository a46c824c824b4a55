import { addEntry } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { DESTINATION_RULE } from '../../workspace/istio/destinationRules.ts';
import { describe } from '../../workspace/resource.ts';
import { trafficPolicies } from './trafficPolicies.ts';

/** Locality failover moves traffic when endpoints are unhealthy, and only outlier detection tells that they are. */
export const rule = defineRule({
  id: 'service-mesh/failover-without-outlier-detection',
  severity: 'warning',
  profile: 'recommended',
  types: [DESTINATION_RULE],
  *check(resource) {
    const { root } = resource;
    const inherited = root.find('spec', 'trafficPolicy');
    for (const policy of trafficPolicies(root)) {
      const locality = policy.find('loadBalancer', 'localityLbSetting');
      const failover = locality?.find('failover') ?? locality?.find('failoverPriority');
      if (!failover || !policy.lacks('outlierDetection')) continue;
      // A subset inherits what it does not write; the settings of a port stand alone.
      const isOfPort = policy.parent?.key === 'portLevelSettings';
      if (!isOfPort && inherited && policy !== inherited && !inherited.lacks('outlierDetection')) continue;
      yield {
        at: failover.keyPlace,
        message: `${describe(resource)} never fails over: without outlierDetection no endpoint counts as unhealthy.`,
        fixes: [
          {
            title: 'Add outlier detection',
            safe: true,
            edits: () => [
              addEntry(policy, 'outlierDetection', {
                consecutive5xxErrors: 5,
                interval: '10s',
                baseEjectionTime: '30s',
              }),
            ],
          },
        ],
      };
    }
  },
});
