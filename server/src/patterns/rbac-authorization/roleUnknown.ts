import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { BINDING_TYPES } from './rights.ts';

/** A binding to a role that does not exist gives nothing, until somebody makes a role of that name. */
export const rule = defineRule({
  id: 'rbac-authorization/role-unknown',
  severity: 'error',
  profile: 'recommended',
  types: BINDING_TYPES,
  equivalents: ['popeye:1300', 'kubevious:role-binding-role-ref'],
  *check(resource, graph) {
    for (const { writtenAt, target, to } of graph.edgesFrom(resource, 'grants')) {
      const name = writtenAt.text()!;
      if (target.status !== 'missing' || name.startsWith('system:') || BUILT_IN.has(name)) continue;
      // The cluster's own namespaces hold roles that no file has.
      if (resource.namespace?.startsWith('kube-')) continue;
      const isCluster = to[0]!.endsWith('/ClusterRole');
      yield {
        at: writtenAt,
        message: `There is no ${isCluster ? 'ClusterRole' : 'Role'} ${name}${!isCluster && resource.namespace ? ` in namespace ${resource.namespace}` : ''} that ${describe(resource)} could give.`,
        // Operators and distributions bring ClusterRoles of their own.
        ...(target.certain && !isCluster ? {} : { strict: true }),
      };
    }
  },
});

const BUILT_IN = new Set(['cluster-admin', 'admin', 'edit', 'view']);
