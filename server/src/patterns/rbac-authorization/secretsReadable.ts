import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { CLUSTER_ROLE, gives, isBuiltIn, ROLE_TYPES, rightsOf } from './rights.ts';

/** Whoever may read Secrets has the rights of everyone whose password or token lies in them. */
export const rule = defineRule({
  id: 'rbac-authorization/secrets-readable',
  severity: 'warning',
  profile: 'strict',
  types: ROLE_TYPES,
  equivalents: [
    'kube-linter:access-to-secrets',
    'checkov:CKV2_K8S_5',
    'trivy:KSV-0041',
    'trivy:KSV-0113',
    'kics:rbac_roles_with_read_secrets_permissions',
    'kics:service_account_allows_access_secrets',
    'kyverno:restrict-secret-role-verbs',
    'kubescape:rule-can-list-get-secrets-v1',
  ],
  *check(resource) {
    if (isBuiltIn(resource)) return;
    for (const right of rightsOf(resource)) {
      const at = gives(right, '', 'secrets', ['get', 'list', 'watch']);
      // Named Secrets are the way to do it.
      if (!at || right.names.length > 0) continue;
      const isEverywhere = resource.type === CLUSTER_ROLE;
      yield {
        at,
        message: `${describe(resource)} lets its holders read every Secret${isEverywhere ? ' of the cluster' : ` in ${resource.namespace ?? 'its namespace'}`}.`,
        ...(isEverywhere ? {} : { severity: 'information' as const }),
      };
    }
  },
});
