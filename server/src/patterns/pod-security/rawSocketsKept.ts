import { defineRule } from '../../rules/contract.ts';
import { CONTAINER_OWNERS, containerName, containersOf, namePlace } from '../../rules/parts/containers.ts';
import { leniency } from '../../rules/parts/nodeAgents.ts';
import { isWindows } from '../../rules/parts/securityContext.ts';
import { capabilities } from './capabilities.ts';

/** With raw sockets a container can forge packets of its neighbours. */
export const rule = defineRule({
  id: 'pod-security/raw-sockets-kept',
  severity: 'warning',
  profile: 'strict',
  types: CONTAINER_OWNERS,
  equivalents: [
    'kube-linter:drop-net-raw-capability',
    'checkov:CKV_K8S_28',
    'checkov:CKV_K8S_7',
    'trivy:KSV-0119',
    'kics:net_raw_capabilities_not_being_dropped',
    'kics:net_raw_capabilities_disabled_for_psp',
    'kyverno:drop-cap-net-raw',
    'kubescape:drop-capability-netraw',
  ],
  *check(resource) {
    for (const entry of containersOf(resource)) {
      if (isWindows(entry.workload)) continue;
      const dropped = capabilities(entry, 'drop');
      const added = capabilities(entry, 'add');
      if (!dropped || !added) continue;
      const addition = added.get('NET_RAW');
      if (!addition && (dropped.has('ALL') || dropped.has('NET_RAW'))) continue;
      yield {
        at: addition ?? namePlace(entry.container),
        message: addition
          ? `The right to raw sockets (NET_RAW) is given to ${containerName(entry)}.`
          : `The right to raw sockets (NET_RAW) is not taken from ${containerName(entry)}.`,
        ...leniency(entry.workload),
      };
    }
  },
});
