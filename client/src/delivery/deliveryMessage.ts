import type { DeliveryState, StepState } from './deliveryState.ts';

/** What a delivery is doing, in one line for a progress notification. */
export function deliveryMessage({ steps }: DeliveryState): string {
  const running = steps.findIndex(({ status }) => status === 'running');
  const step = steps[running];
  if (!step) return '';
  const details = detailsOf(step);
  return `(${running + 1}/${steps.length}) ${step.step.title}${details === '' ? '' : `: ${details}`}`;
}

/** How far the whole delivery is, from 0 to 100; steps count alike. */
export function deliveryPercent({ steps }: DeliveryState): number {
  if (steps.length === 0) return 0;
  return Math.round((100 * steps.filter(({ status }) => status === 'done').length) / steps.length);
}

function detailsOf({ build, containerTests, push, reviews, rollout, step }: StepState): string {
  if (step.kind === 'build-image' && build) {
    const done = build.steps.filter(({ state }) => state === 'done' || state === 'cached').length;
    const current = build.steps.find(({ state }) => state === 'running');
    return `${done} of ${build.steps.length} steps${current ? `, ${current.name}` : ''}`;
  }
  if (step.kind === 'push-image' && push) {
    const current = sum(push.layers.map(({ currentBytes }) => currentBytes));
    const total = sum(push.layers.map(({ totalBytes }) => totalBytes));
    return total > 0 ? `${megabytes(current)} of ${megabytes(total)} MB` : '';
  }
  if (step.kind === 'test-image' && containerTests.length > 0) {
    return `${containerTests.filter(({ outcome }) => outcome === 'passed').length} tests passed`;
  }
  if (step.kind === 'dry-run' && reviews.length > 0) return `${reviews.length} of ${step.documents.length} reviewed`;
  if (rollout) {
    const { connection, progress } = rollout;
    const waiting = progress.outcome.state === 'progressing' ? `, waiting for ${progress.outcome.waitingFor}` : '';
    const lost = connection.kind === 'stale' ? ' (connection lost)' : '';
    return `${progress.ready} of ${progress.desired} new pods ready, ${progress.old} old${waiting}${lost}`;
  }
  return '';
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}
