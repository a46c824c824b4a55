import { removeEntry } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { allContainersOf, containerName, POD_OWNERS } from '../../rules/parts/containers.ts';
import { leniency } from '../../rules/parts/nodeAgents.ts';

/** A port of the node can be taken by one pod only, and is reached past every Service and policy. */
export const rule = defineRule({
  id: 'pod-security/host-port',
  severity: 'warning',
  profile: 'strict',
  types: POD_OWNERS,
  equivalents: [
    'polaris:hostPortSet',
    'checkov:CKV_K8S_26',
    'trivy:KSV-0024',
    'kics:workload_host_port_not_specified',
    'gatekeeper:host-network-ports',
    'kyverno:disallow-host-ports',
    'kyverno:disallow-host-ports-range',
    'kubescape:container-hostPort',
  ],
  *check(resource) {
    for (const entry of allContainersOf(resource)) {
      for (const port of entry.container.find('ports')?.items ?? []) {
        const hostPort = port.find('hostPort');
        const number = hostPort?.number();
        if (!hostPort || number === undefined || number === 0) continue;
        yield {
          at: hostPort,
          message: `Port ${number} of the node leads to ${containerName(entry)}, so only one such pod fits on a node.`,
          ...leniency(entry.workload),
          fixes: [{ title: 'Remove hostPort', safe: false, edits: () => [removeEntry(hostPort)] }],
        };
      }
    }
  },
});
