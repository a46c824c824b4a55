import { defineRule } from '../../rules/contract.ts';

/** The API server demands that a rollout is given more time than one pod needs to count as available. */
export const rule = defineRule({
  id: 'rolling/deadline-before-ready',
  severity: 'error',
  profile: 'recommended',
  types: ['apps/Deployment'],
  *check({ root }) {
    const deadline = root.find('spec', 'progressDeadlineSeconds');
    const minReady = root.find('spec', 'minReadySeconds');
    const deadlineSeconds = deadline?.number() ?? (root.lacks('spec', 'progressDeadlineSeconds') ? 600 : undefined);
    const minReadySeconds = minReady?.number();
    if (deadlineSeconds === undefined || minReadySeconds === undefined || deadlineSeconds > minReadySeconds) return;
    const written = deadline?.number() === undefined ? ' (the default)' : '';
    yield {
      at: deadline?.number() === undefined ? minReady! : deadline,
      message: `The rollout is given ${deadlineSeconds} s${written}, but a pod counts as available only after ${minReadySeconds} s.`,
      ...(deadline ? { related: [{ at: minReady!, message: 'minReadySeconds stands here.' }] } : {}),
    };
  },
});
