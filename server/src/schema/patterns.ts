const compiled = new Map<string, RegExp | undefined>();

/** Longer values are not matched against patterns: JavaScript's matcher, unlike Go's, may need exponential time. */
const MAXIMUM_LENGTH = 256;

/** A repeated group that itself repeats without a fixed border is what makes a matcher explode. */
const NESTED_REPEAT = /\([^()]*(?:[*+]|\{\d+,\}?)[^()]*\)(?:[*+]|\{\d+,)/;

/**
 * Whether `text` matches a pattern that was written for Go (RE2); undefined where JavaScript cannot tell: RE2 syntax
 * that it lacks, long texts, and patterns whose matching might not end in time.
 */
export function matchesPattern(pattern: string, text: string): boolean | undefined {
  if (text.length > MAXIMUM_LENGTH) return undefined;
  let expression = compiled.get(pattern);
  if (!expression && !compiled.has(pattern)) {
    expression = compile(pattern);
    compiled.set(pattern, expression);
  }
  if (!expression) return undefined;
  // Names of DNS nest repeats without harm, but only for texts of the length of names.
  if (text.length > 64 && NESTED_REPEAT.test(pattern)) return undefined;
  return expression.test(text);
}

function compile(pattern: string): RegExp | undefined {
  // JavaScript would read these as something else instead of refusing them.
  if (/\[\[:|\\[AzQpPC]|\(\?P</.test(pattern)) return undefined;
  // A flag inside a group: without regard to case everywhere accepts at least as much.
  const ignoreCase = pattern.includes('(?i)');
  try {
    return new RegExp(ignoreCase ? pattern.replaceAll('(?i)', '') : pattern, ignoreCase ? 'i' : '');
  } catch {
    // Not valid in JavaScript: nothing can be said about values.
    return undefined;
  }
}
