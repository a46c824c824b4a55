import { defineRule } from '../../rules/contract.ts';
import { describesPods, isSelectedElsewhere, mayHaveOtherPods } from '../../rules/parts/podMakers.ts';
import { podsBySelector } from '../../workspace/kubernetes/podSelection.ts';
import { describe } from '../../workspace/resource.ts';
import { DISRUPTION_BUDGET } from './disruptionBudget.ts';

/** A budget whose selector matches no pod protects none. */
export const rule = defineRule({
  id: 'reliability/budget-selects-nothing',
  severity: 'warning',
  profile: 'recommended',
  types: [DISRUPTION_BUDGET],
  equivalents: ['popeye:900'],
  *check(resource, graph) {
    const selector = resource.root.find('spec', 'selector');
    if (selector?.kind !== 'map' || selector.entries.length === 0) return;
    const { workloads, certain } = podsBySelector(resource, selector, graph);
    if (workloads.length > 0 || !certain || mayHaveOtherPods(resource, graph)) return;
    const elsewhere = isSelectedElsewhere(resource, selector, graph);
    if (elsewhere) return;
    yield {
      at: selector.keyPlace,
      message: `${describe(resource)} protects no pod: no workload${resource.namespace ? ` in ${resource.namespace}` : ''} carries the labels that it selects.`,
      ...(elsewhere === false && describesPods(resource, graph) ? {} : { strict: true }),
    };
  },
});
