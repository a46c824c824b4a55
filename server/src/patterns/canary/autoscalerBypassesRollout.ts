import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { describeOther } from '../../workspace/resource.ts';

/** A Rollout scales the Deployment that it took over to zero; an autoscaler on that Deployment brings the old pods back. */
export const rule = defineRule({
  id: 'canary/autoscaler-bypasses-rollout',
  severity: 'error',
  profile: 'recommended',
  types: ['autoscaling/HorizontalPodAutoscaler'],
  *check(resource, graph) {
    for (const { writtenAt, target } of graph.edgesFrom(resource, 'scales')) {
      if (target.status !== 'found' || target.resource.type !== 'apps/Deployment') continue;
      const owner = graph
        .edgesTo(target.resource, 'scales')
        .find(({ source }) => source.type === 'argoproj.io/Rollout')?.source;
      const reference = resource.root.find('spec', 'scaleTargetRef');
      if (!owner || !reference) continue;
      yield {
        at: writtenAt,
        message: `${describeOther(target.resource)} is managed by ${describeOther(owner)}; the autoscaler must scale the Rollout.`,
        related: [
          {
            at: owner.root.find('spec', 'workloadRef', 'name')!,
            message: `${describeOther(owner)} takes the Deployment over.`,
          },
        ],
        fixes: [
          {
            title: `Scale ${describeOther(owner)}`,
            safe: true,
            edits: () => [
              ...setValue(reference, ['apiVersion'], owner.apiVersion),
              ...setValue(reference, ['kind'], 'Rollout'),
              ...(writtenAt.text() === owner.name ? [] : setValue(reference, ['name'], owner.name)),
            ],
          },
        ],
      };
    }
  },
});
