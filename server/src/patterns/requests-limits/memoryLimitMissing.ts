import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { POD_OWNERS } from '../../rules/parts/containers.ts';
import { missingResource } from './missingResource.ts';

/** Without a memory limit a leak takes memory from every other pod of the node until the kernel stops one of them. */
export const rule = defineRule({
  id: 'requests-limits/memory-limit-missing',
  severity: 'warning',
  profile: 'strict',
  types: POD_OWNERS,
  equivalents: [
    'kube-linter:unset-memory-requirements',
    'kube-score:container-resources',
    'polaris:memoryLimitsMissing',
    'checkov:CKV_K8S_13',
    'trivy:KSV-0018',
    'kics:memory_limits_not_defined',
    'gatekeeper:containerlimits',
    'kyverno:require-requests-limits',
    'kubescape:resources-memory-limits',
    'gatekeeper:containerresources',
    'kyverno:require-qos-guaranteed',
    'kubescape:resources-memory-limit-and-request',
    'kubescape:resources-sandbox-memory-limits',
    'kubescape:resource-policies',
    'kics:container_resources_limits_undefined',
  ],
  *check(resource, graph) {
    yield* missingResource(resource, graph, 'limits', 'memory', 'memory limit', (container) =>
      setValue(container, ['resources', 'limits', 'memory'], '512Mi'),
    );
  },
});
