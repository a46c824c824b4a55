import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';

const ENFORCE = 'pod-security.kubernetes.io/enforce';

/** Without the label, the API server admits every pod to the namespace, privileged ones included. */
export const rule = defineRule({
  id: 'pod-security/namespace-unlabelled',
  severity: 'warning',
  profile: 'strict',
  types: ['Namespace'],
  equivalents: [
    'kyverno:deny-privileged-profile',
    'kyverno:add-psa-namespace-reporting',
    'kyverno:podsecurity-subrule-baseline',
    'kyverno:podsecurity-subrule-restricted',
    'kubescape:pod-security-admission-applied-1',
    'kubescape:pod-security-admission-applied-2',
    'kubescape:pod-security-admission-baseline-applied-1',
    'kubescape:pod-security-admission-baseline-applied-2',
    'kubescape:pod-security-admission-restricted-applied-1',
    'kubescape:pod-security-admission-restricted-applied-2',
    'kyverno:podsecurity-subrule-restricted-capabilities',
  ],
  *check(resource) {
    const { root } = resource;
    const level = root.find('metadata', 'labels', ENFORCE);
    const named = root.find('metadata', 'name');
    if (root.lacks('metadata', 'labels', ENFORCE) && named) {
      yield {
        at: named,
        message: `${describe(resource)} enforces no Pod Security Standard, so it admits privileged pods.`,
        fixes: [
          {
            title: 'Enforce the baseline standard',
            safe: false,
            edits: () => setValue(root, ['metadata', 'labels', ENFORCE], 'baseline'),
          },
        ],
      };
    } else if (level?.text() === 'privileged') {
      yield {
        at: level,
        message: `${describe(resource)} admits privileged pods.`,
        severity: 'information',
      };
    }
  },
});
