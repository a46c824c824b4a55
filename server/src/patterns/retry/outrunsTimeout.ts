import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { formatDuration } from '../../rules/parts/duration.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { readGatewayRetries, readRetries } from './retries.ts';
import { RETRYING_ROUTES, routesOf } from './routeTypes.ts';

/** The route gives up while tries are left; the last ones are cut off or never made. */
export const rule = defineRule({
  id: 'retry/outruns-timeout',
  severity: 'warning',
  profile: 'recommended',
  types: RETRYING_ROUTES,
  *check(resource) {
    const isIstio = resource.type === VIRTUAL_SERVICE;
    for (const route of routesOf(resource)) {
      const { attempts, perTry, timeout } = isIstio ? readRetries(route) : readGatewayRetries(route);
      const at = route.find(isIstio ? 'retries' : 'retry', 'attempts');
      const limit = isIstio ? route.find('timeout') : route.find('timeouts', 'request');
      if (!at || !attempts || !limit || perTry === undefined || !timeout) continue;
      const sum = (1 + attempts) * perTry;
      if (sum <= timeout) continue;
      const raised = sum % 1000 === 0 ? `${sum / 1000}s` : `${sum}ms`;
      yield {
        at,
        message: `1 try + ${attempts} ${attempts === 1 ? 'retry' : 'retries'} of ${formatDuration(perTry)} = ${formatDuration(sum)} outrun the ${formatDuration(timeout)} timeout.`,
        related: [{ at: limit, message: 'The timeout of the whole route.' }],
        fixes: [{ title: `Raise the timeout to ${raised}`, safe: false, edits: () => [replaceValue(limit, raised)] }],
      };
    }
  },
});
