import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { podsOf } from '../../rules/parts/intOrPercent.ts';
import { replicasOf, workloadOf } from '../../workspace/kubernetes/workload.ts';

/** All pods of a served workload may be taken down at once in the middle of a rollout. */
export const rule = defineRule({
  id: 'rolling/drops-to-zero',
  severity: 'warning',
  profile: 'recommended',
  types: ['apps/Deployment', 'apps/StatefulSet'],
  *check(resource) {
    const limits = resource.root.find(
      'spec',
      resource.kind === 'StatefulSet' ? 'updateStrategy' : 'strategy',
      'rollingUpdate',
    );
    const maxUnavailable = limits?.find('maxUnavailable');
    const replicas = replicasOf(workloadOf(resource)!);
    if (!limits || !maxUnavailable || replicas === undefined || replicas < 2) return;
    const pods = podsOf(maxUnavailable, replicas, 'down');
    if (pods === undefined || pods < replicas) return;
    yield {
      at: maxUnavailable,
      message: `A rollout may stop all ${replicas} pods of ${resource.name ?? 'this workload'} at once.`,
      fixes: [{ title: 'Set maxUnavailable to 1', safe: false, edits: () => setValue(limits, ['maxUnavailable'], 1) }],
    };
  },
});
