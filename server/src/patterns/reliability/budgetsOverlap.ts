import { defineRule } from '../../rules/contract.ts';
import { podsBySelector } from '../../workspace/kubernetes/podSelection.ts';
import { describe, describeOther } from '../../workspace/resource.ts';
import { budgetsOf, DISRUPTION_BUDGET } from './disruptionBudget.ts';

/** The API server evicts no pod that two budgets select: a drained node waits for ever. */
export const rule = defineRule({
  id: 'reliability/budgets-overlap',
  severity: 'error',
  profile: 'recommended',
  types: [DISRUPTION_BUDGET],
  equivalents: ['popeye:209'],
  *check(resource, graph) {
    const selector = resource.root.find('spec', 'selector');
    if (!selector) return;
    for (const { resource: workload } of podsBySelector(resource, selector, graph).workloads) {
      const other = budgetsOf(workload, graph).find((budget) => budget !== resource);
      if (!other || !budgetsOf(workload, graph).includes(resource)) continue;
      if (resource.root.find('spec')?.conditional || other.root.find('spec')?.conditional) continue;
      yield {
        at: selector.keyPlace,
        message: `No pod of ${describe(workload)} can be evicted, because ${describeOther(other)} selects it too.`,
        related: [
          {
            at: other.root.find('spec', 'selector')?.keyPlace ?? other.root,
            message: `The selector of ${describeOther(other)}.`,
          },
        ],
      };
      return;
    }
  },
});
