import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';

/** Without an analysis or a pause, a canary reaches everyone whether it works or not. */
export const rule = defineRule({
  id: 'canary/without-analysis',
  severity: 'information',
  profile: 'strict',
  types: ['argoproj.io/Rollout'],
  *check(resource) {
    const { root } = resource;
    const canary = root.find('spec', 'strategy', 'canary');
    const steps = canary?.find('steps');
    if (!canary || !steps || steps.kind !== 'list' || steps.open || !canary.lacks('analysis')) return;
    // A pause without a duration waits for a person, who is the analysis then.
    const isGuarded = steps.items.some((step) => {
      const pause = step.find('pause');
      return (
        step.open ||
        step.find('analysis') ||
        step.find('experiment') ||
        (pause && (pause.open || pause.lacks('duration')))
      );
    });
    if (isGuarded) return;
    yield {
      at: steps.keyPlace,
      message: `Nothing judges the canary of ${describe(resource)}: its steps have no analysis and no pause that waits for a person.`,
    };
  },
});
