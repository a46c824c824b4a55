import { cancelled } from '../cluster/cancellation.ts';

/** The answer to a question; a question that was dismissed ends the command. */
export function orDismissed<T>(answer: T | undefined): T {
  if (answer === undefined) throw cancelled();
  return answer;
}
