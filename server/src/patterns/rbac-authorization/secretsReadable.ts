import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { CLUSTER_ROLE, gives, isBuiltIn, ROLE_TYPES, rightsOf } from './rights.ts';

const OF_ANY = ['kube-linter:access-to-secrets', 'trivy:KSV-0041', 'trivy:KSV-0113'];
const OF_READING = [
  'checkov:CKV2_K8S_5',
  'kics:rbac_roles_with_read_secrets_permissions',
  'kics:service_account_allows_access_secrets',
  'kyverno:restrict-secret-role-verbs',
  'kubescape:rule-can-list-get-secrets-v1',
];

/** Whoever may read Secrets has the rights of everyone whose password or token lies in them. */
export const rule = defineRule({
  id: 'rbac-authorization/secrets-readable',
  severity: 'warning',
  profile: 'strict',
  types: ROLE_TYPES,
  equivalents: [...OF_ANY, ...OF_READING],
  *check(resource) {
    if (isBuiltIn(resource)) return;
    for (const right of rightsOf(resource)) {
      const readable = gives(right, '', 'secrets', ['get', 'list', 'watch']);
      const at = readable ?? gives(right, '', 'secrets', ['create', 'update', 'patch', 'delete', 'deletecollection']);
      // Named Secrets are the way to do it.
      if (!at || right.names.length > 0) continue;
      const isEverywhere = resource.type === CLUSTER_ROLE;
      yield {
        at,
        message: `${describe(resource)} lets its holders ${readable ? 'read every Secret' : 'replace Secrets'}${isEverywhere ? ' of the cluster' : ` in ${resource.namespace ?? 'its namespace'}`}.`,
        ...(isEverywhere && readable ? {} : { severity: 'information' as const }),
        equivalents: readable ? [...OF_ANY, ...OF_READING] : OF_ANY,
      };
    }
  },
});
