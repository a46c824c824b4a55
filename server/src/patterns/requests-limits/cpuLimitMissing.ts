import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { POD_OWNERS } from '../../rules/parts/containers.ts';
import { missingResource } from './missingResource.ts';

/** Without a CPU limit one container may take the whole node. */
export const rule = defineRule({
  id: 'requests-limits/cpu-limit-missing',
  severity: 'warning',
  profile: 'strict',
  types: POD_OWNERS,
  equivalents: [
    'kube-linter:unset-cpu-requirements',
    'kube-score:container-resources',
    'polaris:cpuLimitsMissing',
    'checkov:CKV_K8S_11',
    'trivy:KSV-0011',
    'kics:cpu_limits_not_set',
    'gatekeeper:containerlimits',
    'kubescape:resources-cpu-limits',
    'popeye:107',
    'gatekeeper:containerresources',
    'kyverno:require-cpu-limits',
    'kubescape:resources-cpu-limit-and-request',
    'kubescape:resources-sandbox-cpu-limits',
  ],
  *check(resource, graph) {
    yield* missingResource(resource, graph, 'limits', 'cpu', 'CPU limit', (container) =>
      setValue(container, ['resources', 'limits', 'cpu'], '500m'),
    );
  },
});
