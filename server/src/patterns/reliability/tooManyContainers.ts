import { defineRule } from '../../rules/contract.ts';
import { CONTAINER_OWNERS } from '../../rules/parts/containers.ts';
import { demandOf } from '../../rules/parts/policies.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';

/** What lives and dies together should be one thing: `policies.pods.maxContainers` of slipway.yaml. */
export const rule = defineRule({
  id: 'reliability/too-many-containers',
  severity: 'warning',
  profile: 'recommended',
  types: CONTAINER_OWNERS,
  equivalents: ['kyverno:limit-containers-per-pod'],
  *check(resource, graph) {
    const demand = demandOf(resource, graph, 'pods');
    const most = demand?.policy.maxContainers;
    const containers = workloadOf(resource)?.podSpec?.find('containers');
    if (!demand || most === undefined || !containers || containers.items.length <= most) return;
    const count = containers.items.filter((container) => !container.conditional).length;
    if (count <= most) return;
    yield {
      at: containers.keyPlace,
      message: `The pods of ${describe(resource)} have ${count} containers; allowed are ${most}.`,
      ...demand.because('maxContainers'),
    };
  },
});
