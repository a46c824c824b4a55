import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';

/** A Rollout that switches Services which do not exist stays degraded and moves no traffic. */
export const rule = defineRule({
  id: 'canary/service-unknown',
  severity: 'error',
  profile: 'recommended',
  types: ['argoproj.io/Rollout'],
  equivalents: ['argo-rollouts-lint:refs'],
  *check(resource, graph) {
    for (const { writtenAt, target } of graph.edgesFrom(resource, 'switches')) {
      if (target.status !== 'missing' || !writtenAt.path.includes('canary')) continue;
      yield {
        at: writtenAt,
        message: `There is no Service ${writtenAt.text()} for the canary of ${describe(resource)}.`,
        ...(target.certain ? {} : { strict: true }),
      };
    }
  },
});
