import { defineRule } from '../../rules/contract.ts';
import { allContainersOf, containerName, POD_OWNERS } from '../../rules/parts/containers.ts';
import { demandOf } from '../../rules/parts/policies.ts';
import { actionsOf } from '../../rules/parts/probes.ts';

/** The kubelet asks from the node's network, where it reaches what pods may not: `policies.pods.forbidProbeHosts`. */
export const rule = defineRule({
  id: 'pod-security/probe-asks-other-host',
  severity: 'warning',
  profile: 'recommended',
  types: POD_OWNERS,
  equivalents: ['gatekeeper:host-probes-lifecycle'],
  *check(resource, graph) {
    const demand = demandOf(resource, graph, 'pods');
    if (demand?.policy.forbidProbeHosts !== true) return;
    for (const entry of allContainersOf(resource)) {
      for (const { name, action } of actionsOf(entry.container)) {
        const host = action.find('httpGet', 'host') ?? action.find('tcpSocket', 'host');
        const written = host?.text();
        if (!host || written === undefined || written === '') continue;
        yield {
          at: host,
          message: `The ${name} of ${containerName(entry)} asks ${written} and not its own pod.`,
          ...demand.because('forbidProbeHosts'),
        };
      }
    }
  },
});
