import { defineRule } from '../../rules/contract.ts';
import { allContainersOf, containerName, namePlace, POD_OWNERS } from '../../rules/parts/containers.ts';

/** Nobody has decided what the container may do: everything is as permissive as the cluster's defaults. */
export const rule = defineRule({
  id: 'pod-security/security-context-missing',
  severity: 'information',
  profile: 'strict',
  types: POD_OWNERS,
  equivalents: [
    'checkov:CKV_K8S_29',
    'checkov:CKV_K8S_30',
    'trivy:KSV-0118',
    'kics:pod_or_container_without_security_context',
  ],
  *check(resource) {
    for (const entry of allContainersOf(resource)) {
      const { container, workload } = entry;
      if (!container.lacks('securityContext') || workload.podSpec?.lacks('securityContext') !== true) continue;
      yield {
        at: namePlace(container),
        message: `Neither the pod nor the container sets a securityContext: ${containerName(entry)}.`,
      };
    }
  },
});
