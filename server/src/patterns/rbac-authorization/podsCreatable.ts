import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { CLUSTER_ROLE, gives, isBuiltIn, ROLE_TYPES, rightsOf } from './rights.ts';

const POD_MAKERS: readonly (readonly [string, string])[] = [
  ['', 'pods'],
  ['apps', 'deployments'],
  ['apps', 'statefulsets'],
  ['apps', 'daemonsets'],
  ['apps', 'replicasets'],
  ['batch', 'jobs'],
  ['batch', 'cronjobs'],
  ['', 'replicationcontrollers'],
];

/** Whoever may make a pod may mount every Secret and use every account of its namespace. */
export const rule = defineRule({
  id: 'rbac-authorization/pods-creatable',
  severity: 'warning',
  profile: 'strict',
  types: ROLE_TYPES,
  equivalents: [
    'kube-linter:access-to-create-pods',
    'trivy:KSV-0048',
    'kics:permissive_access_to_create_pods',
    'kubescape:rule-can-create-pod',
  ],
  *check(resource) {
    if (isBuiltIn(resource)) return;
    for (const right of rightsOf(resource)) {
      const made = POD_MAKERS.find(([group, name]) => gives(right, group, name, ['create']));
      if (!made) continue;
      yield {
        at: gives(right, ...made, ['create'])!,
        message: `${describe(resource)} lets its holders make ${made[1]}, and with them use every Secret and account beside them.`,
        ...(resource.type === CLUSTER_ROLE ? {} : { severity: 'information' as const }),
      };
    }
  },
});
