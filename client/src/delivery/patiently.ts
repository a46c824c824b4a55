import { throwIfCancelled } from '../cluster/cancellation.ts';
import { Failure } from '../cluster/failure.ts';
import type { StepRun } from './stepRun.ts';

/** How long a server that was there a moment ago is waited for: an API server restarts within a minute. */
const patienceMilliseconds = 90_000;

const pauseMilliseconds = 1_000;

/**
 * Tries again while the server does not answer, and says so once. Only for what does no harm when it is done twice, such
 * as a server-side apply, and only where the server was reached before in the same delivery. Throws `cancelled` between
 * two attempts, and what the last attempt threw when the patience is at its end.
 */
export async function patiently<T>(step: string, run: StepRun, attempt: () => Promise<T>): Promise<T> {
  const { clock } = run.engines;
  let firstSilence: number | undefined;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Failure) || error.kind !== 'unreachable') throw error;
      if (firstSilence === undefined) {
        firstSilence = clock.now();
        const text = `${error.report.message} It is waited for; what was not answered is sent again.`;
        run.emit({ type: 'notice', step, text });
      }
      if (clock.now() - firstSilence >= patienceMilliseconds) throw error;
      await clock.sleep(pauseMilliseconds, run.signal);
      throwIfCancelled(run.signal);
    }
  }
}
