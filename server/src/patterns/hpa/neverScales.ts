import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { AUTOSCALER } from './autoscaler.ts';

/** With equal bounds the autoscaler has nothing to choose from. */
export const rule = defineRule({
  id: 'hpa/never-scales',
  severity: 'warning',
  profile: 'recommended',
  types: [AUTOSCALER],
  equivalents: [
    'kube-score:horizontalpodautoscaler-replicas',
    'gatekeeper:horizontalpodautoscaler',
    'polaris:hpaMaxAvailability',
  ],
  *check(resource) {
    const { root } = resource;
    const least = root.find('spec', 'minReplicas');
    const most = root.find('spec', 'maxReplicas');
    const low = least?.number() ?? (root.lacks('spec', 'minReplicas') ? 1 : undefined);
    if (!most || low === undefined || most.number() !== low) return;
    yield {
      at: most,
      message: `${describe(resource)} can never scale: the least and the most number of replicas are both ${low}.`,
      ...(least ? { related: [{ at: least, message: 'minReplicas stands here.' }] } : {}),
    };
  },
});
