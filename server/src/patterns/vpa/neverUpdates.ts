import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { describe, describeOther } from '../../workspace/resource.ts';
import { autoscalersOf } from '../hpa/autoscaler.ts';
import { isModeUnset, sizedWorkload, updateModeOf, VERTICAL_AUTOSCALER } from './verticalAutoscaler.ts';

/**
 * The updater evicts pods only of workloads with at least two replicas, unless the policy or the updater's own
 * `--min-replicas` says otherwise.
 */
export const rule = defineRule({
  id: 'vpa/never-updates',
  severity: 'information',
  profile: 'strict',
  types: [VERTICAL_AUTOSCALER],
  *check(resource, graph) {
    const { root } = resource;
    const workload = sizedWorkload(resource, graph);
    const mode = updateModeOf(resource);
    if (!workload || (mode !== 'Recreate' && mode !== 'Auto')) return;
    const replicas = workload.resource.root.find('spec', 'replicas');
    const isSingle = replicas ? replicas.number() === 1 : workload.resource.root.lacks('spec', 'replicas');
    if (!isSingle || autoscalersOf(workload.resource, graph).length > 0) return;
    if (workload.resource.type !== 'apps/Deployment' && workload.resource.type !== 'apps/StatefulSet') return;
    if (!root.lacks('spec', 'updatePolicy', 'minReplicas')) return;
    const at =
      root.find('spec', 'updatePolicy', 'updateMode') ??
      (isModeUnset(root) ? root.find('spec', 'targetRef', 'name') : undefined);
    if (!at) return;
    yield {
      at,
      message: `${describeOther(workload.resource)} runs one replica, and ${describe(resource)} evicts none of fewer than two.`,
      related: replicas ? [{ at: replicas, message: `The replicas of ${describeOther(workload.resource)}.` }] : [],
      fixes: [
        {
          title: 'Allow updates of a single replica',
          safe: false,
          edits: () => setValue(root, ['spec', 'updatePolicy', 'minReplicas'], 1),
        },
      ],
    };
  },
});
