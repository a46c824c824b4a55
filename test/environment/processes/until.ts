import { setTimeout as delay } from 'node:timers/promises';

/**
 * Asks again and again until the answer is neither `undefined` nor `false`, and gives that answer.
 * Rejects after the time with what was waited for. An error of the question itself is passed on at once.
 */
export async function until<Answer>(
  description: string,
  timeoutMilliseconds: number,
  question: () => Promise<Answer | undefined | false> | Answer | undefined | false,
): Promise<Answer> {
  const deadline = Date.now() + timeoutMilliseconds;
  for (;;) {
    const answer = await question();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMilliseconds / 1000} s in vain: ${description}.`);
    await delay(50);
  }
}
