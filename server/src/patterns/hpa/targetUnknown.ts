import { defineRule } from '../../rules/contract.ts';
import { AUTOSCALER } from './autoscaler.ts';

/** An autoscaler whose target does not exist scales nothing. */
export const rule = defineRule({
  id: 'hpa/target-unknown',
  severity: 'error',
  profile: 'recommended',
  types: [AUTOSCALER, 'keda.sh/ScaledObject'],
  equivalents: [
    'kube-linter:dangling-horizontalpodautoscaler',
    'kube-score:horizontalpodautoscaler-has-target',
    'kics:hpa_targets_invalid_object',
    'kubescape:hpa-has-target',
    'kubevious:hpa-scale-target-ref',
    'popeye:600',
  ],
  *check(resource, graph) {
    for (const { writtenAt, target, to } of graph.edgesFrom(resource, 'scales')) {
      if (target.status !== 'missing') continue;
      const kind = to[0]!.slice(to[0]!.indexOf('/') + 1);
      yield {
        at: writtenAt,
        message: `There is no ${kind} ${writtenAt.text()}${resource.namespace ? ` in namespace ${resource.namespace}` : ''} to scale.`,
        ...(target.certain ? {} : { strict: true }),
      };
    }
  },
});
