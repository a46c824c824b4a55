import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { BINDING_TYPES, CLUSTER_ROLE_BINDING } from './rights.ts';

/** Rights of a service account that does not exist: the one that needs them has another name, and does not get them. */
export const rule = defineRule({
  id: 'rbac-authorization/subject-unknown',
  severity: 'warning',
  profile: 'recommended',
  types: BINDING_TYPES,
  equivalents: ['kubevious:role-binding-service-account-ref'],
  *check(resource, graph) {
    for (const { writtenAt, target } of graph.edgesFrom(resource, 'granted-to')) {
      if (target.status !== 'missing' || writtenAt.text() === 'default') continue;
      // Without a namespace nobody can say which account is meant.
      if (resource.type === CLUSTER_ROLE_BINDING && writtenAt.parent?.lacks('namespace') !== false) continue;
      const namespace = writtenAt.parent?.text('namespace') ?? resource.namespace;
      yield {
        at: writtenAt,
        message: `There is no ServiceAccount ${writtenAt.text()}${namespace ? ` in namespace ${namespace}` : ''} to receive the role of ${describe(resource)}.`,
        ...(target.certain ? {} : { strict: true, severity: 'information' as const }),
      };
    }
  },
});
