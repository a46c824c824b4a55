/** Where progress lines go. Standard error, so that standard output keeps what a script is run for. */
export type Report = (line: string) => void;

export const reportToConsole: Report = (line) => console.error(line);

const REMINDER_MILLISECONDS = 10_000;

/**
 * Runs `work` as one named step: says when it starts, every ten seconds that it is still running, and how long it took.
 * A failure passes through unchanged.
 */
export async function step<Result>(title: string, report: Report, work: () => Promise<Result>): Promise<Result> {
  const startedAt = performance.now();
  const elapsed = () => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
  report(`${title} …`);
  const reminder = setInterval(() => report(`${title} … still at it after ${elapsed()}`), REMINDER_MILLISECONDS);
  try {
    const result = await work();
    report(`${title}: done in ${elapsed()}`);
    return result;
  } finally {
    clearInterval(reminder);
  }
}
