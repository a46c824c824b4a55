import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { containerName, containersOf, POD_OWNERS } from '../../rules/parts/containers.ts';
import { readQuantity } from '../../rules/parts/quantity.ts';

/** Memory cannot be taken back: what a pod uses above its request is what gets it evicted. */
export const rule = defineRule({
  id: 'requests-limits/memory-request-below-limit',
  severity: 'information',
  profile: 'strict',
  types: POD_OWNERS,
  equivalents: [
    'kube-score:container-memory-requests-equal-limits',
    'kube-score:container-resource-requests-equal-limits',
    'kyverno:memory-requests-equal-limits',
  ],
  *check(resource) {
    for (const entry of containersOf(resource)) {
      const request = entry.container.find('resources', 'requests', 'memory');
      const limit = entry.container.find('resources', 'limits', 'memory');
      const [wanted, most] = [readQuantity(request?.scalar), readQuantity(limit?.scalar)];
      if (!request || !limit || wanted === undefined || most === undefined || wanted >= most) continue;
      yield {
        at: request,
        message: `The memory request of ${containerName(entry)}, ${request.text()}, is below its limit, ${limit.text()}: pods above their request are evicted first.`,
        related: [{ at: limit, message: 'The memory limit.' }],
        fixes: [
          {
            title: `Request ${limit.text()} too`,
            safe: false,
            edits: () => [replaceValue(request, limit.source.slice(limit.span))],
          },
        ],
      };
    }
  },
});
