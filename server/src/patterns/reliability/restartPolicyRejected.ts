import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { WORKLOAD_TYPES, workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';

/** The API server demands `Always` of pods that run for ever, and something else of jobs. */
export const rule = defineRule({
  id: 'reliability/restart-policy-rejected',
  severity: 'error',
  profile: 'recommended',
  types: WORKLOAD_TYPES.filter((type) => type !== 'Pod'),
  equivalents: ['kube-linter:restart-policy', 'kube-score:cronjob-restartpolicy'],
  *check(resource) {
    const { podSpec } = workloadOf(resource)!;
    const policy = podSpec?.find('restartPolicy');
    const written = policy?.text();
    if (resource.type.startsWith('batch/')) {
      if (!podSpec || (policy ? written !== 'Always' : !podSpec.lacks('restartPolicy'))) return;
      yield {
        at: policy ?? podSpec.keyPlace,
        message: `${describe(resource)} is rejected${policy ? '' : ' without a restartPolicy'}: a job is restarted OnFailure or Never.`,
      };
    } else if (policy && written !== undefined && written !== 'Always') {
      yield {
        at: policy,
        message: `${describe(resource)} is rejected: its pods can only be restarted Always, not ${written}.`,
        fixes: [{ title: 'Restart always', safe: true, edits: () => [replaceValue(policy, 'Always')] }],
      };
    }
  },
});
