import { defineRule } from '../../rules/contract.ts';
import { containerName, containersOf, POD_OWNERS } from '../../rules/parts/containers.ts';
import { demandOf } from '../../rules/parts/policies.ts';
import { readQuantity } from '../../rules/parts/quantity.ts';

/** Nodes are filled by requests and emptied by what is used above them: `policies.resources` of slipway.yaml. */
export const rule = defineRule({
  id: 'requests-limits/limit-far-over-request',
  severity: 'warning',
  profile: 'recommended',
  types: POD_OWNERS,
  equivalents: [
    'gatekeeper:containerresourceratios',
    'kyverno:enforce-resources-as-ratio',
    'kyverno:memory-requests-equal-limits',
    'kube-score:container-resource-requests-equal-limits',
    'kube-score:container-cpu-requests-equal-limits',
    'kube-score:container-memory-requests-equal-limits',
  ],
  *check(resource, graph) {
    const demand = demandOf(resource, graph, 'resources');
    for (const name of ['cpu', 'memory'] as const) {
      const most = demand?.policy[name]?.maximumRatio;
      if (!demand || most === undefined) continue;
      for (const entry of containersOf(resource)) {
        const request = entry.container.find('resources', 'requests', name);
        const limit = entry.container.find('resources', 'limits', name);
        const [wanted, allowed] = [readQuantity(request?.scalar), readQuantity(limit?.scalar)];
        if (!request || !limit || !wanted || !allowed || allowed <= wanted * most * (1 + 1e-9)) continue;
        const ratio = Number((allowed / wanted).toFixed(2));
        yield {
          at: limit,
          message: `The ${name} limit of ${containerName(entry)}, ${limit.text()}, is ${ratio} times its request of ${request.text()}; allowed is ${most === 1 ? 'the same' : `${most} times`}.`,
          ...demand.because(name, 'maximumRatio'),
        };
      }
    }
  },
});
