import { readGatewayRetries, readRetries } from '../../patterns/retry/retries.ts';
import { RETRYING_ROUTES, routesOf } from '../../patterns/retry/routeTypes.ts';
import { formatDuration } from '../../rules/parts/duration.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import type { HintFinder } from './hintFinder.ts';

/** How long a route may take when every try fails: one try and its retries, cut off by the timeout of the whole. */
export const worstCaseRetries: HintFinder = {
  types: RETRYING_ROUTES,
  *find(resource) {
    const isIstio = resource.type === VIRTUAL_SERVICE;
    for (const route of routesOf(resource)) {
      const at = route.find(isIstio ? 'retries' : 'retry', 'attempts');
      const { attempts, perTry, timeout } = isIstio ? readRetries(route) : readGatewayRetries(route);
      if (!at || !attempts || !perTry) continue;
      const sum = (1 + attempts) * perTry;
      const product = `(1 + ${attempts}) × ${formatDuration(perTry)} = ${formatDuration(sum)}`;
      yield {
        at,
        label: timeout && timeout < sum ? `${product}, cut off after ${formatDuration(timeout)}` : `at most ${product}`,
        tooltip: () => 'The longest that a caller waits for all tries, without the pauses between them.',
      };
    }
  },
};
