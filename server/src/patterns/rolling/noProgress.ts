import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { isZero } from '../../rules/parts/intOrPercent.ts';

/** Neither one pod more nor one pod less is allowed: the API server rejects it, since no step could ever be made. */
export const rule = defineRule({
  id: 'rolling/no-progress',
  severity: 'error',
  profile: 'recommended',
  types: ['apps/Deployment'],
  *check({ root, name }) {
    const limits = root.find('spec', 'strategy', 'rollingUpdate');
    const maxUnavailable = limits?.find('maxUnavailable');
    const maxSurge = limits?.find('maxSurge');
    if (!limits || !maxUnavailable || !isZero(maxUnavailable) || !isZero(maxSurge)) return;
    yield {
      at: maxUnavailable,
      message: `The rollout of ${name ?? 'this Deployment'} can make no step: maxSurge and maxUnavailable are both 0.`,
      related: [{ at: maxSurge!, message: 'maxSurge allows no pod above the wanted number.' }],
      fixes: [{ title: 'Set maxSurge to 1', safe: true, edits: () => setValue(limits, ['maxSurge'], 1) }],
    };
  },
});
