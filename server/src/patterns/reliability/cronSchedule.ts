const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

interface Field {
  readonly word: string;
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
}

const FIELDS: readonly Field[] = [
  { word: 'minute', least: 0, most: 59 },
  { word: 'hour', least: 0, most: 23 },
  { word: 'day of the month', least: 1, most: 31 },
  { word: 'month', least: 1, most: 12, names: MONTHS },
  { word: 'day of the week', least: 0, most: 6, names: DAYS },
];

const DESCRIPTORS = new Set(['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly']);

/**
 * What is wrong with the schedule of a CronJob, as the end of a sentence; undefined for a right one. Follows the parser
 * of Kubernetes: five fields of numbers, names, ranges, lists and steps, `?` for `*`, the `@` words, and no time zone.
 */
export function scheduleFault(schedule: string): string | undefined {
  const text = schedule.trim();
  if (/^(?:CRON_)?TZ=/.test(text)) return 'the time zone belongs into timeZone';
  if (text.startsWith('@')) {
    if (DESCRIPTORS.has(text) || /^@every \d/.test(text)) return undefined;
    return `there is no ${text}`;
  }
  const parts = text === '' ? [] : text.split(/\s+/);
  if (parts.length !== FIELDS.length) return `it has ${parts.length} fields instead of ${FIELDS.length}`;
  for (const [index, field] of FIELDS.entries()) {
    for (const item of parts[index]!.split(',')) {
      const fault = itemFault(item, field);
      if (fault !== undefined) return fault;
    }
  }
  return undefined;
}

function itemFault(item: string, field: Field): string | undefined {
  const [range = '', step, ...rest] = item.split('/');
  if (rest.length > 0) return `${item} has two steps`;
  if (step !== undefined && !/^[1-9]\d*$/.test(step)) return `${item} has no step that is a number above 0`;
  if (range === '*' || range === '?') return undefined;
  const bounds = range.split('-');
  if (bounds.length > 2) return `${range} is no range`;
  const values: number[] = [];
  for (const bound of bounds) {
    const named = field.names?.indexOf(bound.toLowerCase()) ?? -1;
    const value = named >= 0 ? named + field.least : /^\d+$/.test(bound) ? Number(bound) : undefined;
    if (value === undefined) return `${bound === '' ? item : bound} is no ${field.word}`;
    if (value < field.least || value > field.most)
      return `${bound} is no ${field.word}, which is ${field.least} to ${field.most}`;
    values.push(value);
  }
  if (values.length === 2 && values[0]! > values[1]!) return `the range ${range} runs backwards`;
  return undefined;
}
