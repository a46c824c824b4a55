import { removeEntry } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { describe, describeOther } from '../../workspace/resource.ts';
import { autoscalersOf } from './autoscaler.ts';

/** Every apply of the manifest takes the workload back to the written number, whatever the load is. */
export const rule = defineRule({
  id: 'hpa/replicas-also-set',
  severity: 'warning',
  profile: 'recommended',
  types: ['apps/Deployment', 'apps/StatefulSet', 'argoproj.io/Rollout'],
  equivalents: [
    'kube-score:deployment-targeted-by-hpa-does-not-have-replicas-configured',
    'kics:hpa_targeted_deployments_with_configured_replica_count',
  ],
  *check(resource, graph) {
    const replicas = resource.root.find('spec', 'replicas');
    // Zero is how a workload is switched off, autoscaler and all.
    if (replicas?.number() === undefined || replicas.number() === 0 || replicas.conditional) return;
    const [autoscaler] = autoscalersOf(resource, graph);
    if (!autoscaler || autoscaler.root.find('spec')?.conditional) return;
    const [least, most] = [autoscaler.root.text('spec', 'minReplicas'), autoscaler.root.text('spec', 'maxReplicas')];
    yield {
      at: replicas,
      message: `Each apply sets ${describe(resource)} back to ${replicas.number()} replicas, although ${describeOther(autoscaler)} scales it${least && most ? ` from ${least} to ${most}` : ''}.`,
      related: [
        {
          at: autoscaler.root.find('spec', 'scaleTargetRef', 'name') ?? autoscaler.root,
          message: `${describeOther(autoscaler)} scales it.`,
        },
      ],
      fixes: [{ title: 'Remove replicas', safe: false, edits: () => [removeEntry(replicas)] }],
    };
  },
});
