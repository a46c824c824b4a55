import cronstrue from 'cronstrue';

/** Names that controllers know for common schedules. */
const NAMED: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

/** `At 02:30, Monday through Friday`; undefined for what is no schedule of cron. */
export function scheduleInWords(text: string): string | undefined {
  const schedule = text.trim();
  const every = /^@every\s+(\S+)$/.exec(schedule);
  if (every) return `Every ${every[1]}`;
  // Controllers read five fields; with more, the words would speak of seconds.
  const fields = NAMED[schedule] ?? schedule;
  if (fields.split(/\s+/).length !== 5 || !/^[\d*]/.test(fields)) return undefined;
  try {
    return cronstrue.toString(fields, { use24HourTimeFormat: true, verbose: false });
  } catch {
    // What cronstrue refuses is no schedule; a rule says so.
    return undefined;
  }
}
