import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { readRetries } from './retries.ts';
import { routesOf } from './routeTypes.ts';

/** A second try of these makes a second thing. */
const WRITES = new Set(['POST', 'PATCH']);
/** Conditions that only hold when the callee has not begun to work on the request. */
const UNDELIVERED = new Set([
  'connect-failure',
  'refused-stream',
  'reset-before-request',
  'http3-post-connect-failure',
  'envoy-ratelimited',
  '429',
]);

/** The callee may have done its work before it failed, and does it again. */
export const rule = defineRule({
  id: 'retry/repeats-write',
  severity: 'warning',
  profile: 'recommended',
  types: [VIRTUAL_SERVICE],
  *check(resource) {
    for (const route of routesOf(resource)) {
      const conditions = route.find('retries', 'retryOn');
      const methods = writtenMethods(route);
      if (!conditions || !methods || !readRetries(route).attempts) continue;
      const late = (conditions.text() ?? '')
        .split(',')
        .map((condition) => condition.trim())
        .filter((condition) => condition !== '' && !UNDELIVERED.has(condition));
      if (late.length === 0) continue;
      yield {
        at: conditions,
        message: `A ${methods.join(' or ')} that failed with ${late.join(' or ')} may have been carried out, and is sent again.`,
        fixes: [
          {
            title: 'Retry only what was not delivered',
            safe: false,
            edits: () => [replaceValue(conditions, 'connect-failure,refused-stream')],
          },
        ],
      };
    }
  },
});

/** The methods of a route that takes nothing but writes. */
function writtenMethods(route: SourceNode): string[] | undefined {
  const matches = route.find('match');
  if (!matches || matches.open || matches.items.length === 0) return undefined;
  const methods = matches.items.map((match) => match.text('method', 'exact'));
  if (!methods.every((method) => method !== undefined && WRITES.has(method))) return undefined;
  return [...new Set(methods as string[])];
}
