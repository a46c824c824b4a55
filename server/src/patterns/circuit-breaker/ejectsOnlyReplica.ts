import { defineRule } from '../../rules/contract.ts';
import { DESTINATION_RULE } from '../../workspace/istio/destinationRules.ts';
import { replicasOf, WORKLOAD_TYPES } from '../../workspace/kubernetes/workload.ts';
import { describeOther } from '../../workspace/resource.ts';
import { podsOfHost } from '../canary/subsetPods.ts';
import { autoscalersOf } from '../hpa/autoscaler.ts';

/** Envoy may always eject one host; with a single replica that is all of them, and every call fails at once. */
export const rule = defineRule({
  id: 'circuit-breaker/ejects-only-replica',
  severity: 'warning',
  profile: 'recommended',
  types: [DESTINATION_RULE],
  *check(resource, graph) {
    const breaker = resource.root.find('spec', 'trafficPolicy', 'outlierDetection');
    const pods = breaker && podsOfHost(resource, graph);
    if (!breaker || !pods?.certain || pods.workloads.length !== 1) return;
    const [workload] = pods.workloads;
    const { resource: owner } = workload!;
    if (replicasOf(workload!) !== 1 || !WORKLOAD_TYPES.includes(owner.type) || autoscalersOf(owner, graph).length > 0)
      return;
    // An absent field may be the work of an autoscaler that lives elsewhere.
    const replicas = owner.root.find('spec', 'replicas');
    if (!replicas) return;
    yield {
      at: breaker.keyPlace,
      message: `This circuit breaker can eject the only pod of ${describeOther(owner)}, and then every call to ${resource.root.text('spec', 'host')} fails.`,
      related: [{ at: replicas, message: `${describeOther(owner)} has one replica.` }],
    };
  },
});
