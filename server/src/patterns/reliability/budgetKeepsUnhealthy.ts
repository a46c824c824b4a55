import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { DISRUPTION_BUDGET } from './disruptionBudget.ts';

/** Pods that never become ready count as disrupted, so a broken rollout keeps nodes from being drained. */
export const rule = defineRule({
  id: 'reliability/budget-keeps-unhealthy',
  severity: 'information',
  profile: 'strict',
  types: [DISRUPTION_BUDGET],
  equivalents: ['kube-linter:pdb-unhealthy-pod-eviction-policy'],
  *check(resource) {
    const { root, apiVersion } = resource;
    const spec = root.find('spec');
    const policy = spec?.find('unhealthyPodEvictionPolicy');
    if (apiVersion !== 'policy/v1' || spec?.kind !== 'map' || policy?.text() === 'AlwaysAllow') return;
    if (!policy && !spec.lacks('unhealthyPodEvictionPolicy')) return;
    if (policy && policy.text() === undefined) return;
    yield {
      at: policy ?? spec.keyPlace,
      message: `${describe(resource)} keeps pods that are not ready from being evicted.`,
      fixes: [
        {
          title: 'Always allow the eviction of pods that are not ready',
          safe: false,
          edits: () => setValue(spec, ['unhealthyPodEvictionPolicy'], 'AlwaysAllow'),
        },
      ],
    };
  },
});
