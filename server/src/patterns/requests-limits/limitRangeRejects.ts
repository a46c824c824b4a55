import { defineRule } from '../../rules/contract.ts';
import { containerName, containersOf, POD_OWNERS } from '../../rules/parts/containers.ts';
import { readQuantity } from '../../rules/parts/quantity.ts';
import { describeOther } from '../../workspace/resource.ts';

/** A LimitRange rejects every pod with a container outside of its bounds. */
export const rule = defineRule({
  id: 'requests-limits/limit-range-rejects',
  severity: 'error',
  profile: 'recommended',
  types: POD_OWNERS,
  *check(resource, graph) {
    if (resource.namespace === undefined) return;
    for (const range of graph.near(resource, 'LimitRange')) {
      if (range.namespace !== resource.namespace) continue;
      for (const bounds of range.root.find('spec', 'limits')?.items ?? []) {
        if (bounds.text('type') !== 'Container') continue;
        for (const entry of containersOf(resource)) {
          for (const name of ['cpu', 'memory']) {
            const limit = entry.container.find('resources', 'limits', name);
            const request = entry.container.find('resources', 'requests', name);
            const max = bounds.find('max', name);
            const min = bounds.find('min', name);
            const [limitAmount, requestAmount, most, least] = [limit, request, max, min].map((node) =>
              readQuantity(node?.scalar),
            );
            if (limit && max && limitAmount !== undefined && most !== undefined && limitAmount > most) {
              yield {
                at: limit,
                message: `${describeOther(range)} allows at most ${max.text()} ${name}, so it rejects ${containerName(entry)} with its limit of ${limit.text()}.`,
                related: [{ at: max, message: `The maximum of ${describeOther(range)}.` }],
              };
            }
            if (request && min && requestAmount !== undefined && least !== undefined && requestAmount < least) {
              yield {
                at: request,
                message: `${describeOther(range)} demands at least ${min.text()} ${name}, so it rejects ${containerName(entry)} with its request of ${request.text()}.`,
                related: [{ at: min, message: `The minimum of ${describeOther(range)}.` }],
              };
            }
          }
        }
      }
    }
  },
});
