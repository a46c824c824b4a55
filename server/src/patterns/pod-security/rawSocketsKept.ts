import { defineRule } from '../../rules/contract.ts';
import { allContainersOf, containerName, namePlace, POD_OWNERS } from '../../rules/parts/containers.ts';
import { leniency } from '../../rules/parts/nodeAgents.ts';
import { isWindows } from '../../rules/parts/securityContext.ts';
import { capabilities } from './capabilities.ts';

/** What other tools say of NET_RAW wherever it is not dropped, and of one who asks for it. */
const OF_KEPT = [
  'kube-linter:drop-net-raw-capability',
  'checkov:CKV_K8S_28',
  'trivy:KSV-0119',
  'kics:net_raw_capabilities_not_being_dropped',
  'kyverno:drop-cap-net-raw',
  'kubescape:drop-capability-netraw',
];
const OF_ADDED = [
  'checkov:CKV_K8S_25',
  'trivy:KSV-0022',
  'kics:containers_with_added_capabilities',
  'kyverno:disallow-capabilities',
  'kubescape:insecure-capabilities',
];

/** With raw sockets a container can forge packets of its neighbours. */
export const rule = defineRule({
  id: 'pod-security/raw-sockets-kept',
  severity: 'warning',
  profile: 'strict',
  types: POD_OWNERS,
  equivalents: [...OF_KEPT, ...OF_ADDED],
  *check(resource) {
    for (const entry of allContainersOf(resource)) {
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
        equivalents: addition ? [...OF_KEPT, ...OF_ADDED] : OF_KEPT,
      };
    }
  },
});
