import { addEntry } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { retryStrategies, WORKFLOW_TYPES } from './workflowRetries.ts';

/** Argo repeats a step without a limit until it succeeds. */
export const rule = defineRule({
  id: 'retry/workflow-without-limit',
  severity: 'warning',
  profile: 'recommended',
  types: WORKFLOW_TYPES,
  *check(resource) {
    for (const { strategy, template } of retryStrategies(resource)) {
      if (!strategy.lacks('limit') || !strategy.lacks('expression') || !strategy.lacks('backoff', 'maxDuration'))
        continue;
      yield {
        at: strategy.keyPlace,
        message: `${template === undefined ? describe(resource) : `Template ${template}`} is retried without a limit, until it succeeds.`,
        fixes: [{ title: 'Retry at most 3 times', safe: false, edits: () => [addEntry(strategy, 'limit', 3)] }],
      };
    }
  },
});
