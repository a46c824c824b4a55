import { defineRule } from '../../rules/contract.ts';
import { CONTAINER_OWNERS } from '../../rules/parts/containers.ts';
import { leniency } from '../../rules/parts/nodeAgents.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';
import { hostPaths, isRuntimeSocket } from './hostPaths.ts';

/** A pod with a folder of its node finds other contents on each node, and may find what is not meant for it. */
export const rule = defineRule({
  id: 'pod-security/host-path-mounted',
  severity: 'warning',
  profile: 'strict',
  types: CONTAINER_OWNERS,
  equivalents: [
    'polaris:hostPathSet',
    'trivy:KSV-0023',
    'kics:non_kube_system_pod_with_host_mount',
    'kics:psp_with_unrestricted_access_to_host_path',
    'gatekeeper:host-filesystem',
    'kyverno:disallow-host-path',
    'kyverno:limit-hostpath-vols',
    'kubescape:alert-any-hostpath',
    'kyverno:limit-hostpath-type-pv',
    'kubescape:CVE-2021-25741',
  ],
  *check(resource) {
    const workload = workloadOf(resource)!;
    for (const { path, at } of hostPaths(workload)) {
      if (isRuntimeSocket(path)) continue;
      yield {
        at,
        message: `${describe(resource)} uses ${path} of whatever node it is on.`,
        ...leniency(workload),
      };
    }
  },
});
