import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { namePlace } from '../../rules/parts/containers.ts';
import { describe } from '../../workspace/resource.ts';
import { AUTOSCALER } from './autoscaler.ts';

/** When the load is low, one pod is left, and a lost node or a rollout of that node is an outage. */
export const rule = defineRule({
  id: 'hpa/single-minimum',
  severity: 'information',
  profile: 'strict',
  types: [AUTOSCALER],
  equivalents: [
    'kube-linter:hpa-minimum-three-replicas',
    'kube-score:horizontalpodautoscaler-replicas',
    'polaris:hpaMinAvailability',
  ],
  *check(resource) {
    const { root } = resource;
    const least = root.find('spec', 'minReplicas');
    const isSingle = least?.number() === 1 || root.lacks('spec', 'minReplicas');
    if (!isSingle || root.number('spec', 'maxReplicas') === 1) return;
    yield {
      at: least ?? root.find('spec', 'maxReplicas')?.keyPlace ?? namePlace(root.find('metadata') ?? root),
      message: `When the load is low, ${describe(resource)} leaves a single replica.`,
      fixes: [{ title: 'Set minReplicas to 2', safe: false, edits: () => setValue(root, ['spec', 'minReplicas'], 2) }],
    };
  },
});
