import { defineRule } from '../../rules/contract.ts';
import { POD_OWNERS } from '../../rules/parts/containers.ts';
import { leniency } from '../../rules/parts/nodeAgents.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';
import { hostPaths, isRuntimeSocket } from './hostPaths.ts';

/** With the socket of the container runtime a pod starts any container as root of the node. */
export const rule = defineRule({
  id: 'pod-security/runtime-socket-mounted',
  severity: 'warning',
  profile: 'recommended',
  types: POD_OWNERS,
  equivalents: [
    'kube-linter:docker-sock',
    'checkov:CKV_K8S_27',
    'trivy:KSV-0006',
    'kics:docker_daemon_socket_is_exposed_to_containers',
    'kyverno:disallow-container-sock-mounts',
    'kyverno:docker-socket-check',
    'kubescape:containers-mounting-docker-socket',
  ],
  *check(resource) {
    const workload = workloadOf(resource)!;
    for (const { path, at } of hostPaths(workload)) {
      if (!isRuntimeSocket(path)) continue;
      yield {
        at,
        message: `With the socket ${path}, ${describe(resource)} commands the container runtime of its node.`,
        ...leniency(workload),
      };
    }
  },
});
