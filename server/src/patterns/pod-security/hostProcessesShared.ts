import { removeEntry } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { POD_OWNERS } from '../../rules/parts/containers.ts';
import { leniency } from '../../rules/parts/nodeAgents.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';

/** A pod that sees the processes or the shared memory of its node can read their secrets and stop them. */
export const rule = defineRule({
  id: 'pod-security/host-processes-shared',
  severity: 'warning',
  profile: 'recommended',
  types: POD_OWNERS,
  equivalents: [
    'kube-linter:host-pid',
    'kube-linter:host-ipc',
    'polaris:hostPIDSet',
    'polaris:hostIPCSet',
    'checkov:CKV_K8S_17',
    'checkov:CKV_K8S_18',
    'trivy:KSV-0008',
    'trivy:KSV-0010',
    'kics:shared_host_pid_namespace',
    'kics:shared_host_ipc_namespace',
    'kics:container_host_pid_is_true',
    'gatekeeper:host-namespaces',
    'kyverno:disallow-host-namespaces',
    'kubescape:host-pid-ipc-privileges',
    'kubescape:host-ipc-privileges',
    'kubescape:host-pid-privileges',
  ],
  *check(resource) {
    const workload = workloadOf(resource)!;
    for (const [field, what] of [
      ['hostPID', 'processes'],
      ['hostIPC', 'shared memory'],
    ] as const) {
      const node = workload.podSpec?.find(field);
      if (node?.boolean() !== true) continue;
      yield {
        at: node,
        message: `${describe(resource)} sees the ${what} of its node.`,
        ...leniency(workload),
        fixes: [{ title: `Remove ${field}`, safe: false, edits: () => [removeEntry(node)] }],
      };
    }
  },
});
