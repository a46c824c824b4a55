import { defineRule } from '../../rules/contract.ts';
import { folderOf } from '../../workspace/documentSets.ts';
import { WORKLOAD_TYPES } from '../../workspace/kubernetes/workload.ts';
import { describe, type Resource } from '../../workspace/resource.ts';

/** A pod whose ConfigMap, Secret or claim does not exist waits and never starts. */
export const rule = defineRule({
  id: 'pipeline/configuration-unknown',
  severity: 'error',
  profile: 'recommended',
  types: WORKLOAD_TYPES,
  equivalents: [
    'kube-linter:env-value-from',
    'kubevious:env-config-map-ref',
    'kubevious:env-secret-ref',
    'kubevious:volume-config-map-ref',
    'kubevious:volume-secret-ref',
    'kubevious:volume-pvc-ref',
    'popeye:304',
    'popeye:1004',
    'kubevious:env-from-config-map-ref',
    'kubevious:env-from-secret-ref',
    'popeye:407',
  ],
  *check(resource, graph) {
    for (const { writtenAt, target, to } of graph.edgesFrom(resource, 'configured-by')) {
      if (target.status !== 'missing') continue;
      // Secrets are kept out of repositories, and claims are often made by hand: only a ConfigMap is expected beside its user.
      const isExpected =
        target.certain &&
        to[0] === 'ConfigMap' &&
        graph.near(resource, 'ConfigMap').some((other) => isBeside(other, resource));
      yield {
        at: writtenAt,
        message: `There is no ${to[0]} ${writtenAt.text()}${resource.namespace ? ` in namespace ${resource.namespace}` : ''}, and ${describe(resource)} cannot start without it.`,
        ...(isExpected ? {} : { strict: true }),
      };
    }
  },
});

/** Its owner keeps such objects where this one would have to be. */
function isBeside(other: Resource, resource: Resource): boolean {
  return (
    folderOf(other) === folderOf(resource) || (other.namespace !== undefined && other.namespace === resource.namespace)
  );
}
