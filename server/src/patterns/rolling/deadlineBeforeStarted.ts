import { defineRule } from '../../rules/contract.ts';
import { containerName, containersOf } from '../../rules/parts/containers.ts';

/** A pod that its startup probe gives more time than the rollout has makes a slow start a failed rollout. */
export const rule = defineRule({
  id: 'rolling/deadline-before-started',
  severity: 'warning',
  profile: 'recommended',
  types: ['apps/Deployment'],
  *check(resource) {
    const { root } = resource;
    const deadline = root.find('spec', 'progressDeadlineSeconds');
    const deadlineSeconds = deadline?.number() ?? (root.lacks('spec', 'progressDeadlineSeconds') ? 600 : undefined);
    if (deadlineSeconds === undefined) return;
    for (const entry of containersOf(resource)) {
      const probe = entry.container.find('startupProbe');
      const threshold = probe?.find('failureThreshold');
      if (!probe?.known || threshold?.number() === undefined) continue;
      const startSeconds =
        (probe.number('initialDelaySeconds') ?? 0) + threshold.number()! * (probe.number('periodSeconds') ?? 10);
      if (startSeconds <= deadlineSeconds) continue;
      yield {
        at: threshold,
        message: `The startup probe gives ${containerName(entry)} ${startSeconds} s, but the rollout counts as failed after ${deadlineSeconds} s${deadline ? '' : ' (the default)'}.`,
        ...(deadline ? { related: [{ at: deadline, message: 'The time that a rollout may stand still.' }] } : {}),
      };
    }
  },
});
