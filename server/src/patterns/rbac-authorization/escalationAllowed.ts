import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { gives, isBuiltIn, isEverything, type Right, ROLE_TYPES, rightsOf } from './rights.ts';

const RBAC = 'rbac.authorization.k8s.io';

/** Ways to rights that one does not have: group, resource, verbs and what they let the holder do. */
const WAYS: readonly (readonly [string, string, readonly string[], string])[] = [
  [RBAC, 'roles', ['escalate'], 'write rights into a role that they do not have'],
  [RBAC, 'clusterroles', ['escalate'], 'write rights into a role that they do not have'],
  [RBAC, 'roles', ['bind'], 'give themselves any role'],
  [RBAC, 'clusterroles', ['bind'], 'give themselves any role'],
  [RBAC, 'rolebindings', ['create', 'update', 'patch'], 'bind roles'],
  [RBAC, 'clusterrolebindings', ['create', 'update', 'patch'], 'bind roles of the whole cluster'],
  ['', 'users', ['impersonate'], 'act as any user'],
  ['', 'groups', ['impersonate'], 'act as any group'],
  ['', 'serviceaccounts', ['impersonate'], 'act as any service account'],
];

/** These verbs are no rights themselves but ways to every right. */
export const rule = defineRule({
  id: 'rbac-authorization/escalation-allowed',
  severity: 'warning',
  profile: 'strict',
  types: ROLE_TYPES,
  equivalents: [
    'checkov:CKV_K8S_157',
    'checkov:CKV_K8S_158',
    'checkov:CKV2_K8S_1',
    'checkov:CKV2_K8S_3',
    'trivy:KSV-0043',
    'trivy:KSV-0050',
    'trivy:KSV-0051',
    'trivy:KSV-0052',
    'trivy:KSV-0055',
    'kics:rbac_roles_allow_privilege_escalation',
    'kics:rbac_roles_with_impersonate_permission',
    'kyverno:restrict-escalation-verbs-roles',
    'kubescape:rule-can-bind-escalate',
    'kubescape:rule-can-impersonate-users-groups-v1',
  ],
  *check(resource) {
    if (isBuiltIn(resource)) return;
    for (const right of rightsOf(resource)) {
      if (isEverything(right) || right.names.length > 0) continue;
      const ways = waysOf(right);
      if (ways.length === 0) continue;
      const [, name, verbs] = ways[0]!;
      const verb = verbs.map((candidate) => right.verbs.get(candidate)).find((node) => node !== undefined);
      yield {
        at: verb ?? gives(right, ways[0]![0], name, verbs)!,
        message: `${describe(resource)} lets its holders ${[...new Set(ways.map(([, , , words]) => words))].join(', and ')}.`,
      };
    }
  },
});

function waysOf(right: Right) {
  return WAYS.filter(([group, name, verbs]) => gives(right, group, name, verbs));
}
