/** One line of a log, and where it was written. */
export interface LogLine {
  readonly pod: string;
  readonly container: string;
  /** When it was written, as the container runtime noted it; empty where it did not. */
  readonly time: string;
  readonly text: string;
}

/** How lines are shown. */
export interface LogView {
  /** Names the pod and container before each line. */
  readonly hasPrefixes: boolean;
  readonly hasTimes: boolean;
  /** Shows only the lines that it is found in; see `logFilter`. */
  readonly filter: string;
}

/** A line as it is shown. */
export function shownLine({ container, pod, text, time }: LogLine, { hasPrefixes, hasTimes }: LogView): string {
  const prefix = hasPrefixes ? `[${pod}/${container}] ` : '';
  return `${prefix}${hasTimes && time !== '' ? `${time} ` : ''}${text}`;
}

/**
 * What a filter lets through: `/expression/` or `/expression/i` is a regular expression, anything else is text whose case
 * does not count, and a `!` before it turns it round. Empty lets everything through. Throws a `SyntaxError` for an
 * expression that is none.
 */
export function logFilter(filter: string): (line: string) => boolean {
  if (filter === '') return () => true;
  const isTurned = filter.startsWith('!') && filter.length > 1;
  const wanted = isTurned ? filter.slice(1) : filter;
  const expression = /^\/(.+)\/(i?)$/.exec(wanted);
  const matcher = expression ? new RegExp(expression[1]!, expression[2]) : undefined;
  const text = wanted.toLowerCase();
  const isFound = (line: string): boolean => (matcher ? matcher.test(line) : line.toLowerCase().includes(text));
  return isTurned ? (line) => !isFound(line) : isFound;
}

/** A line as the API server gives it with times: the time, a space, and what was written. */
export function parseTimedLine(line: string): { readonly time: string; readonly text: string } {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)) ?(.*)$/s.exec(line);
  return match ? { time: match[1]!, text: match[2]! } : { time: '', text: line };
}

/** Whether a time is later than another; times of one container may have more or fewer digits. */
export function isLater(time: string, than: string): boolean {
  return comparable(time) > comparable(than);
}

function comparable(time: string): string {
  const [seconds = '', rest = ''] = time.replace(/(?:Z|[+-]\d\d:\d\d)$/, '').split('.');
  return `${seconds}.${rest.padEnd(9, '0')}`;
}
