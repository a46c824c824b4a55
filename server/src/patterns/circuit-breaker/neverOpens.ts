import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { DESTINATION_RULE } from '../../workspace/istio/destinationRules.ts';
import { describe } from '../../workspace/resource.ts';
import { trafficPolicies } from '../service-mesh/trafficPolicies.ts';
import { readBreaker } from './breaker.ts';

/** A threshold of 0 switches the counter off, and a breaker that may eject nothing ejects nothing. */
export const rule = defineRule({
  id: 'circuit-breaker/never-opens',
  severity: 'warning',
  profile: 'recommended',
  types: [DESTINATION_RULE],
  *check(resource) {
    const { root } = resource;
    for (const policy of trafficPolicies(root)) {
      const node = policy.find('outlierDetection');
      if (!node) continue;
      const breaker = readBreaker(node);
      const threshold = node.find('consecutive5xxErrors');
      const isCounterOff = breaker.consecutive5xxErrors === 0 && breaker.consecutiveGatewayErrors === 0;
      if (threshold && isCounterOff && node.lacks('consecutiveLocalOriginFailures')) {
        yield {
          at: threshold,
          message: `The circuit breaker of ${describe(resource)} never opens: a threshold of 0 errors switches it off.`,
          fixes: [{ title: 'Open after 5 errors', safe: false, edits: () => [replaceValue(threshold, '5')] }],
        };
      }
    }
  },
});
