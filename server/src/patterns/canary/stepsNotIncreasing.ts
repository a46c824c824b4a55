import { defineRule } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { describe } from '../../workspace/resource.ts';

/** A canary whose share shrinks between steps takes users back to the old version and then forth again. */
export const rule = defineRule({
  id: 'canary/steps-not-increasing',
  severity: 'warning',
  profile: 'recommended',
  types: ['argoproj.io/Rollout'],
  *check(resource) {
    const { root } = resource;
    const steps = root.find('spec', 'strategy', 'canary', 'steps');
    if (!steps || steps.open) return;
    let previous: SourceNode | undefined;
    for (const step of steps.items) {
      const weight = step.find('setWeight');
      if (weight?.number() === undefined) continue;
      if (previous && weight.number()! <= previous.number()!) {
        yield {
          at: weight,
          message: `Step ${weight.number()} % of ${describe(resource)} follows ${previous.number()} %: the share of the new version does not grow.`,
          related: [{ at: previous, message: 'The step before it.' }],
        };
      }
      previous = weight;
    }
  },
});
