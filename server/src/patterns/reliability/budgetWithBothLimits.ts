import { removeEntry } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { DISRUPTION_BUDGET } from './disruptionBudget.ts';

/** The API server rejects a budget with both limits. */
export const rule = defineRule({
  id: 'reliability/budget-with-both-limits',
  severity: 'error',
  profile: 'recommended',
  types: [DISRUPTION_BUDGET],
  *check(resource) {
    const { root } = resource;
    const fewest = root.find('spec', 'minAvailable');
    const most = root.find('spec', 'maxUnavailable');
    if (fewest?.kind !== 'scalar' || most?.kind !== 'scalar' || fewest.scalar === null || most.scalar === null) return;
    if (fewest.conditional || most.conditional) return;
    yield {
      at: fewest.keyPlace,
      message: `${describe(resource)} sets minAvailable and maxUnavailable; only one of them is allowed.`,
      related: [{ at: most.keyPlace, message: 'maxUnavailable stands here.' }],
      fixes: [{ title: 'Remove minAvailable', safe: false, edits: () => [removeEntry(fewest)] }],
    };
  },
});
