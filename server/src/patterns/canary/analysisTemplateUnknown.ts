import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';

/** An analysis whose template does not exist aborts every rollout. */
export const rule = defineRule({
  id: 'canary/analysis-template-unknown',
  severity: 'error',
  profile: 'recommended',
  types: ['argoproj.io/Rollout'],
  equivalents: ['kubevious:rollout-analysis-template-ref', 'argo-rollouts-lint:refs'],
  *check(resource, graph) {
    for (const { writtenAt, target, to } of graph.edgesFrom(resource, 'judged-by')) {
      if (target.status !== 'missing') continue;
      yield {
        at: writtenAt,
        message: `There is no ${to[0]!.slice(to[0]!.indexOf('/') + 1)} ${writtenAt.text()}, so the analysis of ${describe(resource)} cannot run.`,
        ...(target.certain ? {} : { strict: true }),
      };
    }
  },
});
