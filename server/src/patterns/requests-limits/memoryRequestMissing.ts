import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { POD_OWNERS } from '../../rules/parts/containers.ts';
import { missingResource } from './missingResource.ts';

/** Without a memory request the scheduler may put the pod on a node that has no room for it, where it is evicted first. */
export const rule = defineRule({
  id: 'requests-limits/memory-request-missing',
  severity: 'warning',
  profile: 'strict',
  types: POD_OWNERS,
  equivalents: [
    'kube-linter:unset-memory-requirements',
    'kube-score:container-resources',
    'polaris:memoryRequestsMissing',
    'checkov:CKV_K8S_12',
    'trivy:KSV-0016',
    'kics:memory_requests_not_defined',
    'gatekeeper:containerrequests',
    'kyverno:require-requests-limits',
    'kubescape:resources-memory-requests',
    'gatekeeper:containerresources',
    'kyverno:require-qos-burstable',
    'kyverno:require-qos-guaranteed',
    'kubescape:resources-memory-limit-and-request',
  ],
  *check(resource, graph) {
    yield* missingResource(resource, graph, 'requests', 'memory', 'memory request', (container) =>
      setValue(container, ['resources', 'requests', 'memory'], '128Mi'),
    );
  },
});
