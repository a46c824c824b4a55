import { defineRule } from '../../rules/contract.ts';
import { describeOther } from '../../workspace/resource.ts';
import { AUTOSCALER, autoscalersOf, targetOf } from './autoscaler.ts';

/** Two autoscalers of one workload undo each other's decisions; the HPA controller refuses to act at all. */
export const rule = defineRule({
  id: 'hpa/targets-overlap',
  severity: 'warning',
  profile: 'recommended',
  types: [AUTOSCALER],
  *check(resource, graph) {
    const target = targetOf(resource, graph);
    const writtenAt = resource.root.find('spec', 'scaleTargetRef', 'name');
    if (!target || !writtenAt || resource.root.find('spec')?.conditional) return;
    const other = autoscalersOf(target.resource, graph).find(
      (autoscaler) => autoscaler !== resource && autoscaler.name !== resource.name,
    );
    if (!other) return;
    yield {
      at: writtenAt,
      message: `${describeOther(other)} scales ${describeOther(target.resource)} too.`,
      related: [
        {
          at: other.root.find('spec', 'scaleTargetRef', 'name') ?? other.root,
          message: `The target of ${describeOther(other)}.`,
        },
      ],
    };
  },
});
