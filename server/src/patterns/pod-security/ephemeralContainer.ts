import { defineRule } from '../../rules/contract.ts';
import { POD_OWNERS } from '../../rules/parts/containers.ts';
import { demandOf } from '../../rules/parts/policies.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';

/** Debugging containers are a person's, never a manifest's: `policies.pods.forbidEphemeralContainers`. */
export const rule = defineRule({
  id: 'pod-security/ephemeral-container',
  severity: 'warning',
  profile: 'recommended',
  types: POD_OWNERS,
  equivalents: ['kyverno:block-ephemeral-containers'],
  *check(resource, graph) {
    const demand = demandOf(resource, graph, 'pods');
    const containers = workloadOf(resource)?.podSpec?.find('ephemeralContainers');
    if (demand?.policy.forbidEphemeralContainers !== true || !containers || containers.items.length === 0) return;
    yield {
      at: containers.keyPlace,
      message: `${describe(resource)} brings ephemeral containers.`,
      ...demand.because('forbidEphemeralContainers'),
    };
  },
});
