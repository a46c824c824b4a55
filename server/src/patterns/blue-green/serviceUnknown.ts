import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';

/** A Rollout that switches a Service which does not exist stays degraded. */
export const rule = defineRule({
  id: 'blue-green/service-unknown',
  severity: 'error',
  profile: 'recommended',
  types: ['argoproj.io/Rollout'],
  equivalents: ['argo-rollouts-lint:refs'],
  *check(resource, graph) {
    for (const { writtenAt, target } of graph.edgesFrom(resource, 'switches')) {
      if (target.status !== 'missing' || !writtenAt.path.includes('blueGreen')) continue;
      yield {
        at: writtenAt,
        message: `There is no Service ${writtenAt.text()} for ${describe(resource)} to switch.`,
        ...(target.certain ? {} : { strict: true }),
      };
    }
  },
});
