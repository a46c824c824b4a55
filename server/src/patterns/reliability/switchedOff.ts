import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';

/** Zero replicas and a suspended schedule are a decision that is easily forgotten. Strict, because it is one. */
export const rule = defineRule({
  id: 'reliability/switched-off',
  severity: 'information',
  profile: 'strict',
  types: ['apps/Deployment', 'apps/StatefulSet', 'argoproj.io/Rollout', 'batch/CronJob', 'batch/Job'],
  equivalents: ['popeye:500', 'popeye:1500'],
  *check(resource) {
    const { root, type } = resource;
    const suspend = root.find('spec', 'suspend');
    if (type.startsWith('batch/')) {
      if (suspend?.boolean() !== true) return;
      yield {
        at: suspend,
        message: `${describe(resource)} is suspended and starts nothing.`,
        fixes: [{ title: 'Let it run', safe: false, edits: () => [replaceValue(suspend, 'false')] }],
      };
      return;
    }
    const replicas = root.find('spec', 'replicas');
    if (replicas?.number() === 0) yield { at: replicas, message: `${describe(resource)} runs no pod.` };
  },
});
