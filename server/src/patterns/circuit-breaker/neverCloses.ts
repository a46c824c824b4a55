import { defineRule } from '../../rules/contract.ts';
import { formatDuration } from '../../rules/parts/duration.ts';
import { DESTINATION_RULE } from '../../workspace/istio/destinationRules.ts';
import { describe } from '../../workspace/resource.ts';
import { trafficPolicies } from '../service-mesh/trafficPolicies.ts';
import { readBreaker } from './breaker.ts';

/** A pod that stays ejected longer than most pods live is never tried again. */
const TOO_LONG_MILLISECONDS = 3_600_000;

export const rule = defineRule({
  id: 'circuit-breaker/never-closes',
  severity: 'warning',
  profile: 'recommended',
  types: [DESTINATION_RULE],
  *check(resource) {
    const { root } = resource;
    for (const policy of trafficPolicies(root)) {
      const node = policy.find('outlierDetection');
      const time = node?.find('baseEjectionTime');
      const milliseconds = node && readBreaker(node).baseEjectionTime;
      if (!time || milliseconds === undefined || milliseconds < TOO_LONG_MILLISECONDS) continue;
      yield {
        at: time,
        message: `The circuit breaker of ${describe(resource)} stays open for ${formatDuration(milliseconds)} after the first fault, and longer after each further one.`,
      };
    }
  },
});
