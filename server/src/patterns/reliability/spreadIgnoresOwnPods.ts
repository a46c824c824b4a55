import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';
import { matchesLabelSelector } from '../../workspace/selection.ts';
import { PROTECTED_TYPES } from './disruptionBudget.ts';

/** A constraint whose selector does not match the workload's own pods spreads nothing. */
export const rule = defineRule({
  id: 'reliability/spread-ignores-own-pods',
  severity: 'warning',
  profile: 'recommended',
  types: PROTECTED_TYPES,
  equivalents: ['kube-score:pod-topology-spread-constraints'],
  *check(resource) {
    const { podSpec, podLabels, template } = workloadOf(resource)!;
    if (!template || (!podLabels && !template.lacks('metadata', 'labels'))) return;
    for (const constraint of podSpec?.find('topologySpreadConstraints')?.items ?? []) {
      const selector = constraint.find('labelSelector');
      if (selector ? matchesLabelSelector(selector, podLabels) !== false : !constraint.lacks('labelSelector')) continue;
      const own = resource.root.find('spec', 'selector', 'matchLabels');
      yield {
        at: selector?.keyPlace ?? constraint.find('topologyKey') ?? constraint,
        message: selector
          ? `This constraint does not count the pods of ${describe(resource)}, so it does not spread them.`
          : `This constraint has no labelSelector, so it does not spread the pods of ${describe(resource)}.`,
        fixes: own?.known
          ? [
              {
                title: 'Select the own pods',
                safe: false,
                edits: () => setValue(constraint, ['labelSelector'], { matchLabels: own.value }),
              },
            ]
          : [],
      };
    }
  },
});
