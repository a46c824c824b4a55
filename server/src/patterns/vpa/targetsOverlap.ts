import { defineRule } from '../../rules/contract.ts';
import { describeOther } from '../../workspace/resource.ts';
import { sizedWorkload, VERTICAL_AUTOSCALER, verticalAutoscalersOf } from './verticalAutoscaler.ts';

/** Of two vertical autoscalers that match a pod, the older one wins and the other does nothing. */
export const rule = defineRule({
  id: 'vpa/targets-overlap',
  severity: 'warning',
  profile: 'recommended',
  types: [VERTICAL_AUTOSCALER],
  *check(resource, graph) {
    const writtenAt = resource.root.find('spec', 'targetRef', 'name');
    const workload = sizedWorkload(resource, graph);
    if (!workload || !writtenAt || resource.root.find('spec')?.conditional) return;
    const other = verticalAutoscalersOf(workload.resource, graph).find(({ name }) => name !== resource.name);
    if (!other) return;
    yield {
      at: writtenAt,
      message: `${describeOther(other)} sizes ${describeOther(workload.resource)} too.`,
      related: [
        {
          at: other.root.find('spec', 'targetRef', 'name') ?? other.root,
          message: `The target of ${describeOther(other)}.`,
        },
      ],
    };
  },
});
