import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { containerName, containersOf, POD_OWNERS } from '../../rules/parts/containers.ts';
import { readQuantity } from '../../rules/parts/quantity.ts';

/** The API server rejects a request that is larger than its limit. */
export const rule = defineRule({
  id: 'requests-limits/request-over-limit',
  severity: 'error',
  profile: 'recommended',
  types: POD_OWNERS,
  *check(resource) {
    for (const entry of containersOf(resource)) {
      const requests = entry.container.find('resources', 'requests');
      const limits = entry.container.find('resources', 'limits');
      for (const request of requests?.entries ?? []) {
        const limit = limits?.child(request.key ?? '');
        const [wanted, most] = [readQuantity(request.scalar), readQuantity(limit?.scalar)];
        if (!limit || wanted === undefined || most === undefined || wanted <= most) continue;
        yield {
          at: request,
          message: `The ${request.key} request of ${containerName(entry)}, ${request.text()}, is above its limit, ${limit.text()}.`,
          related: [{ at: limit, message: `The ${request.key} limit.` }],
          fixes: [
            {
              title: `Request ${limit.text()}`,
              safe: false,
              edits: () => [replaceValue(request, limit.source.slice(limit.span))],
            },
          ],
        };
      }
    }
  },
});
