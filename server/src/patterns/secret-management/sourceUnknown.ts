import { defineRule } from '../../rules/contract.ts';
import { WORKLOAD_TYPES } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';

/** Without its store an ExternalSecret never becomes a Secret, and the pods that wait for it never start. */
export const rule = defineRule({
  id: 'secret-management/source-unknown',
  severity: 'error',
  profile: 'recommended',
  types: [
    'external-secrets.io/ExternalSecret',
    'external-secrets.io/ClusterExternalSecret',
    'external-secrets.io/PushSecret',
    ...WORKLOAD_TYPES,
  ],
  *check(resource, graph) {
    for (const { writtenAt, to, target } of graph.edgesFrom(resource, 'secret-from')) {
      if (target.status !== 'missing') continue;
      const kind = to[0]!.slice(to[0]!.indexOf('/') + 1);
      const where = kind === 'ClusterSecretStore' || !resource.namespace ? '' : ` in namespace ${resource.namespace}`;
      yield {
        at: writtenAt,
        message: `There is no ${kind} ${writtenAt.text()}${where}, from which ${describe(resource)} takes its secrets.`,
        ...(target.certain ? {} : { strict: true }),
      };
    }
  },
});
