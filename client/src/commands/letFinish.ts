import { ProgressLocation, window } from 'vscode';
import { Failure } from '../cluster/failure.ts';

/** Helm gives each hook five minutes by its own choice; what is not over after this time counts as lost. */
const limitMilliseconds = 15 * 60_000;

/**
 * Shows a progress that cannot be cancelled: an operation of Helm that is broken off leaves the release pending, and the
 * next one is refused. Cancel is offered before it begins.
 */
export function letFinish<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return Promise.resolve(
    window.withProgress({ location: ProgressLocation.Notification, cancellable: false, title }, async () => {
      try {
        return await work(AbortSignal.timeout(limitMilliseconds));
      } catch (error) {
        if (!(error instanceof Failure) || error.kind !== 'cancelled') throw error;
        throw new Failure('timeout', `${title}: not finished after ${limitMilliseconds / 60_000} minutes.`, {
          advice: 'See Helm: Release History for where the release is.',
        });
      }
    }),
  );
}
