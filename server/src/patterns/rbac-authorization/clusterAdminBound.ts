import { defineRule } from '../../rules/contract.ts';
import type { Resource } from '../../workspace/resource.ts';
import { describe } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { BINDING_TYPES, CLUSTER_ROLE_BINDING, isEverything, rightsOf } from './rights.ts';

/** Whoever holds this binding owns the cluster, and so does whoever breaks into their pod. */
export const rule = defineRule({
  id: 'rbac-authorization/cluster-admin-bound',
  severity: 'warning',
  profile: 'recommended',
  types: BINDING_TYPES,
  equivalents: [
    'kube-linter:cluster-admin-role-binding',
    'polaris:clusterrolebindingClusterAdmin',
    'polaris:rolebindingClusterAdminClusterRole',
    'polaris:rolebindingClusterAdminRole',
    'trivy:KSV-0111',
    'kics:cluster_admin_role_binding_with_super_user_permissions',
    'kyverno:restrict-binding-clusteradmin',
    'kubescape:cluster-admin-role',
    'kubescape:rule-list-all-cluster-admins-v1',
    'kubescape:workload-with-administrative-roles',
    'kubescape:workload-with-cluster-takeover-roles',
  ],
  *check(resource, graph) {
    const role = resource.root.find('roleRef', 'name');
    const subjects = resource.root.find('subjects')?.items ?? [];
    if (!role || role.text() === undefined || subjects.length === 0) return;
    const isWhole = role.text() === 'cluster-admin' || isEverythingRole(resource, graph);
    if (!isWhole && role.text() !== 'admin') return;
    // The cluster's own binding.
    if (resource.name === 'cluster-admin' && subjects.every((subject) => subject.text('name') === 'system:masters'))
      return;
    const accounts = subjects.filter((subject) => subject.text('kind') === 'ServiceAccount');
    const who = subjects
      .map((subject) => `${subject.text('kind') ?? ''} ${subject.text('name') ?? ''}`.trim())
      .join(', ');
    const isEverywhere = resource.type === CLUSTER_ROLE_BINDING;
    yield {
      at: role,
      message: `${describe(resource)} gives ${who} ${isWhole ? 'every right' : 'the rights of an administrator'} ${isEverywhere ? 'on the whole cluster' : `in ${resource.namespace ?? 'its namespace'}`}.`,
      // People who administer a cluster need it; a pod hardly ever does.
      ...(isWhole && isEverywhere && accounts.length > 0 ? {} : { strict: true }),
    };
  },
});

function isEverythingRole(binding: Resource, graph: ResourceGraph): boolean {
  const [edge] = graph.edgesFrom(binding, 'grants');
  return edge?.target.status === 'found' && rightsOf(edge.target.resource).some(isEverything);
}
