import { defineRule } from '../../rules/contract.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe, describeOther } from '../../workspace/resource.ts';
import { fewestPods } from '../reliability/disruptionBudget.ts';

const SINGLE = ['ReadWriteOnce', 'ReadWriteOncePod'];

/** A volume that one node may mount is not there for replicas on other nodes: they wait in ContainerCreating. */
export const rule = defineRule({
  id: 'storage/claim-shared-by-replicas',
  severity: 'warning',
  profile: 'recommended',
  types: ['apps/Deployment', 'argoproj.io/Rollout'],
  *check(resource, graph) {
    const workload = workloadOf(resource)!;
    const count = fewestPods(workload, graph);
    if (!count || count.pods < 2) return;
    for (const { writtenAt, target, to } of graph.edgesFrom(resource, 'configured-by')) {
      if (to[0] !== 'PersistentVolumeClaim' || target.status !== 'found') continue;
      const modes = target.resource.root.find('spec', 'accessModes');
      if (!modes?.known || modes.items.length === 0) continue;
      if (!modes.items.every((mode) => SINGLE.includes(mode.text() ?? ''))) continue;
      yield {
        at: writtenAt,
        message: `The ${count.pods} pods of ${describe(resource)} share ${describeOther(target.resource)}, which only one ${modes.items[0]!.text() === 'ReadWriteOncePod' ? 'pod' : 'node'} may mount.`,
        related: [{ at: modes, message: 'The access modes of the claim.' }],
      };
    }
  },
});
