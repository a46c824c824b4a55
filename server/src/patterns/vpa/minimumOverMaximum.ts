import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { amountAt, containerPolicies, VERTICAL_AUTOSCALER } from './verticalAutoscaler.ts';

/** The admission controller of the VPA rejects a lower bound above the upper one. */
export const rule = defineRule({
  id: 'vpa/minimum-over-maximum',
  severity: 'error',
  profile: 'recommended',
  types: [VERTICAL_AUTOSCALER],
  *check(resource) {
    for (const policy of containerPolicies(resource)) {
      for (const entry of policy.find('minAllowed')?.entries ?? []) {
        const least = amountAt(entry);
        const most = amountAt(policy.find('maxAllowed', entry.key ?? ''));
        if (!least || !most || least.value <= most.value) continue;
        yield {
          at: entry,
          message: `The least ${entry.key} of container ${policy.text('containerName') ?? ''}, ${entry.text()}, is above the most, ${most.at.text()}.`,
          related: [{ at: most.at, message: 'maxAllowed stands here.' }],
          fixes: [
            {
              title: `Set the most ${entry.key} to ${entry.text()}`,
              safe: false,
              edits: () => [replaceValue(most.at, entry.text() ?? '')],
            },
          ],
        };
      }
    }
  },
});
