import { defineRule } from '../../rules/contract.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { describe } from '../../workspace/resource.ts';
import { routesOf } from './routeTypes.ts';

/**
 * Envoy's retry conditions for HTTP (`x-envoy-retry-on`) and gRPC (`x-envoy-retry-grpc-on`), which Istio's reference of
 * `retryOn` admits. Status codes stand beside them as numbers, those of an application's own making too.
 */
const CONDITIONS = new Set([
  '5xx',
  'gateway-error',
  'reset',
  'reset-before-request',
  'connect-failure',
  'envoy-ratelimited',
  'retriable-4xx',
  'refused-stream',
  'retriable-status-codes',
  'retriable-headers',
  'http3-post-connect-failure',
  'cancelled',
  'deadline-exceeded',
  'internal',
  'resource-exhausted',
  'unavailable',
]);

/** Istio rejects a VirtualService with a condition that it does not know. */
export const rule = defineRule({
  id: 'retry/condition-unknown',
  severity: 'error',
  profile: 'recommended',
  types: [VIRTUAL_SERVICE],
  *check(resource) {
    for (const route of routesOf(resource)) {
      const written = route.find('retries', 'retryOn');
      const unknown = (written?.text() ?? '')
        .split(',')
        .map((condition) => condition.trim())
        .filter((condition) => condition !== '' && !CONDITIONS.has(condition) && !/^\d{3}$/.test(condition));
      if (!written || unknown.length === 0) continue;
      yield {
        at: written,
        message: `${unknown.join(' and ')} ${unknown.length === 1 ? 'is no retry condition' : 'are no retry conditions'}, and Istio rejects ${describe(resource)}.`,
      };
    }
  },
});
