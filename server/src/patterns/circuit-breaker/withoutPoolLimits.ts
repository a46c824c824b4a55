import { addEntry } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { DESTINATION_RULE } from '../../workspace/istio/destinationRules.ts';
import { describe } from '../../workspace/resource.ts';
import { CONNECTION_POOL } from './applyBreaker.ts';

/** Outlier detection only sees errors; a callee that is slow, not broken, fills the caller until nothing moves. */
export const rule = defineRule({
  id: 'circuit-breaker/without-pool-limits',
  severity: 'information',
  profile: 'strict',
  types: [DESTINATION_RULE],
  *check(resource) {
    const { root } = resource;
    const policy = root.find('spec', 'trafficPolicy');
    const breaker = policy?.find('outlierDetection');
    if (!policy || !breaker || !policy.lacks('connectionPool')) return;
    yield {
      at: breaker.keyPlace,
      message: `The circuit breaker of ${describe(resource)} has no connection pool limits: it opens on errors, but not when calls pile up.`,
      fixes: [
        {
          title: 'Add connection pool limits',
          safe: false,
          edits: () => [addEntry(policy, 'connectionPool', CONNECTION_POOL)],
        },
      ],
    };
  },
});
