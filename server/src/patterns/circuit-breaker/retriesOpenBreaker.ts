import { defineRule } from '../../rules/contract.ts';
import { destinationRulesFor, VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { routeDestinations } from '../../workspace/istio/destinations.ts';
import { describeOther } from '../../workspace/resource.ts';
import { readBreaker } from './breaker.ts';

/** One request with its retries makes as many errors in a row as open the breaker. */
export const rule = defineRule({
  id: 'circuit-breaker/retries-open-breaker',
  severity: 'warning',
  profile: 'recommended',
  types: [VIRTUAL_SERVICE],
  *check(resource, graph) {
    for (const { route, destination } of routeDestinations(resource)) {
      const attempts = route.find('retries', 'attempts');
      const host = destination.text('host');
      if (!attempts?.number() || host === undefined) continue;
      for (const policy of destinationRulesFor(host, resource, graph)) {
        const node = policy.root.find('spec', 'trafficPolicy', 'outlierDetection');
        const threshold = node && readBreaker(node).consecutive5xxErrors;
        if (!node || !threshold || attempts.number()! + 1 < threshold) continue;
        yield {
          at: attempts,
          message: `A single request, 1 try + ${attempts.number()} retries, makes the ${threshold} errors in a row that open the circuit breaker of ${host}.`,
          related: [
            {
              at: node.find('consecutive5xxErrors') ?? node.keyPlace,
              message: `The breaker of ${describeOther(policy)}.`,
            },
          ],
        };
        break;
      }
    }
  },
});
