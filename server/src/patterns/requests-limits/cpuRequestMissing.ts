import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { POD_OWNERS } from '../../rules/parts/containers.ts';
import { missingResource } from './missingResource.ts';

/** Without a CPU request the scheduler counts the container as needing nothing, and it gets what others leave. */
export const rule = defineRule({
  id: 'requests-limits/cpu-request-missing',
  severity: 'warning',
  profile: 'strict',
  types: POD_OWNERS,
  equivalents: [
    'kube-linter:unset-cpu-requirements',
    'kube-score:container-resources',
    'polaris:cpuRequestsMissing',
    'checkov:CKV_K8S_10',
    'trivy:KSV-0015',
    'kics:cpu_requests_not_set',
    'gatekeeper:containerrequests',
    'kyverno:require-requests-limits',
    'kubescape:resources-cpu-requests',
    'popeye:106',
    'gatekeeper:containerresources',
    'kyverno:require-qos-burstable',
    'kyverno:require-qos-guaranteed',
    'kubescape:resources-cpu-limit-and-request',
    'kubevious:resource-request-limit-check',
  ],
  *check(resource, graph) {
    yield* missingResource(resource, graph, 'requests', 'cpu', 'CPU request', (container) =>
      setValue(container, ['resources', 'requests', 'cpu'], '100m'),
    );
  },
});
