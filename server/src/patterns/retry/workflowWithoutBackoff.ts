import { addEntry } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { retryStrategies, WORKFLOW_TYPES } from './workflowRetries.ts';

/** Argo has no pause of its own between two tries. */
export const rule = defineRule({
  id: 'retry/workflow-without-backoff',
  severity: 'information',
  profile: 'strict',
  types: WORKFLOW_TYPES,
  *check(resource) {
    for (const { strategy, template } of retryStrategies(resource)) {
      if (!strategy.lacks('backoff') || strategy.kind !== 'map') continue;
      yield {
        at: strategy.keyPlace,
        message: `${template === undefined ? describe(resource) : `Template ${template}`} is retried at once, without a backoff.`,
        fixes: [
          {
            title: 'Add a backoff',
            safe: false,
            edits: () => [addEntry(strategy, 'backoff', { duration: '5s', factor: 2, maxDuration: '2m' })],
          },
        ],
      };
    }
  },
});
