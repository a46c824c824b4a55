import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { DISRUPTION_BUDGET } from './disruptionBudget.ts';

/** A budget that says neither how many pods must stay nor how many may go allows no eviction at all. */
export const rule = defineRule({
  id: 'reliability/budget-without-limit',
  severity: 'warning',
  profile: 'recommended',
  types: [DISRUPTION_BUDGET],
  equivalents: ['kube-score:poddisruptionbudget-has-policy'],
  *check(resource) {
    const { root } = resource;
    const spec = root.find('spec');
    if (spec?.kind !== 'map' || !spec.lacks('minAvailable') || !spec.lacks('maxUnavailable')) return;
    yield {
      at: spec.keyPlace,
      message: `${describe(resource)} says neither how many pods must stay nor how many may go, so none may.`,
      fixes: [{ title: 'Set maxUnavailable to 1', safe: false, edits: () => setValue(spec, ['maxUnavailable'], 1) }],
    };
  },
});
