import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { DISRUPTION_BUDGET, protectsNothing } from './disruptionBudget.ts';

/** A budget whose selector matches no pod protects none. */
export const rule = defineRule({
  id: 'reliability/budget-selects-nothing',
  severity: 'warning',
  profile: 'recommended',
  types: [DISRUPTION_BUDGET],
  equivalents: ['popeye:900'],
  *check(resource, graph) {
    const nothing = protectsNothing(resource, graph);
    if (!nothing) return;
    yield {
      at: resource.root.find('spec', 'selector')!.keyPlace,
      message: `${describe(resource)} protects no pod: no workload${resource.namespace ? ` in ${resource.namespace}` : ''} carries the labels that it selects.`,
      ...(nothing.certain ? {} : { strict: true }),
    };
  },
});
