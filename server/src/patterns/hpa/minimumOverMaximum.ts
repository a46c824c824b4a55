import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { AUTOSCALER } from './autoscaler.ts';

/** The API server rejects a minimum above the maximum. */
export const rule = defineRule({
  id: 'hpa/minimum-over-maximum',
  severity: 'error',
  profile: 'recommended',
  types: [AUTOSCALER],
  equivalents: ['polaris:hpaMaxAvailability'],
  *check(resource) {
    const { root } = resource;
    const least = root.find('spec', 'minReplicas');
    const most = root.find('spec', 'maxReplicas');
    const [low, high] = [least?.number(), most?.number()];
    if (!least || !most || low === undefined || high === undefined || low <= high) return;
    yield {
      at: least,
      message: `The least number of replicas of ${describe(resource)}, ${low}, is above the most, ${high}.`,
      related: [{ at: most, message: 'maxReplicas stands here.' }],
      fixes: [{ title: `Set maxReplicas to ${low}`, safe: false, edits: () => [replaceValue(most, String(low))] }],
    };
  },
});
