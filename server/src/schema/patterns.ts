import { LinearPattern } from './linearPattern.ts';

const compiled = new Map<string, LinearPattern | undefined>();

/** More steps than a keystroke has time for. */
const MAXIMUM_COST = 1_000_000;

/** Whether `text` matches a pattern of a schema; undefined where the pattern cannot be read or would take too long. */
export function matchesPattern(pattern: string, text: string): boolean | undefined {
  let linear = compiled.get(pattern);
  if (!linear && !compiled.has(pattern)) {
    linear = LinearPattern.compile(pattern);
    compiled.set(pattern, linear);
  }
  return linear && linear.cost(text.length) <= MAXIMUM_COST ? linear.test(text) : undefined;
}
