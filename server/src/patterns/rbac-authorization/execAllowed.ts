import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { gives, isBuiltIn, ROLE_TYPES, rightsOf } from './rights.ts';

const WAYS: readonly (readonly [string, string])[] = [
  ['pods/exec', 'run programs in'],
  ['pods/attach', 'attach to'],
  ['pods/portforward', 'open connections to'],
];

/** Whoever may run programs in a pod has everything that the pod has. */
export const rule = defineRule({
  id: 'rbac-authorization/exec-allowed',
  severity: 'warning',
  profile: 'strict',
  types: ROLE_TYPES,
  equivalents: [
    'polaris:clusterrolePodExecAttach',
    'polaris:rolePodExecAttach',
    'polaris:clusterrolebindingPodExecAttach',
    'polaris:rolebindingRolePodExecAttach',
    'polaris:rolebindingClusterRolePodExecAttach',
    'trivy:KSV-0053',
    'trivy:KSV-0054',
    'kics:rbac_roles_with_exec_permission',
    'kics:rbac_roles_with_attach_permission',
    'kics:rbac_roles_with_portforwarding_permissions',
    'checkov:CKV2_K8S_2',
    'kubescape:exec-into-container-v1',
    'kubescape:rule-can-portforward-v1',
  ],
  *check(resource) {
    if (isBuiltIn(resource)) return;
    for (const right of rightsOf(resource)) {
      for (const [name, words] of WAYS) {
        const at = gives(right, '', name, ['create', 'get']);
        if (!at || at.text() === '*') continue;
        yield {
          at,
          message: `${describe(resource)} lets its holders ${words} every pod${resource.namespace ? ` in ${resource.namespace}` : ' that it is bound to'}.`,
        };
      }
    }
  },
});
