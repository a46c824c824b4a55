import { matchesPattern } from '../schema/patterns.ts';

/** Whether a whole text fits a regular expression; undefined where the expression cannot be read in linear time. */
export function matchesWhole(pattern: string, text: string): boolean | undefined {
  return matchesPattern(`^(?:${pattern})$`, text);
}
