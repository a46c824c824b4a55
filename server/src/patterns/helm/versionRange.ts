import satisfies from 'semver/functions/satisfies.js';
import valid from 'semver/functions/valid.js';

const OPERATOR = '(?:=|!=|>|<|>=|=>|<=|=<|~|~>|\\^)';
const NUMBER = '(?:\\d+|[xX*])';
const VERSION = `v?${NUMBER}(?:\\.${NUMBER}){0,2}(?:-[0-9A-Za-z.-]+)?(?:\\+[0-9A-Za-z.-]+)?`;
const COMPARATOR = `${OPERATOR}?\\s*${VERSION}`;
const HYPHEN = `${VERSION}\\s+-\\s+${VERSION}`;
const GROUP = `(?:${HYPHEN}|${COMPARATOR})(?:(?:\\s*,\\s*|\\s+)(?:${HYPHEN}|${COMPARATOR}))*`;
const RANGE = new RegExp(`^\\s*${GROUP}(?:\\s*\\|\\|\\s*${GROUP})*\\s*$`);
/** Longer texts are no versions, and matching them would take long. */
const LONGEST = 256;

/** Whether Helm can read a text as a version constraint: comparators joined by commas or blanks, groups by `||`. */
export function isVersionRange(text: string): boolean {
  return text.length <= LONGEST && RANGE.test(text);
}

/** Whether Helm can read a text as a version: it forgives a leading `v` and missing parts. */
export function isVersion(text: string): boolean {
  return /^v?\d+(?:\.\d+){0,2}(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/.test(text);
}

/** Whether a text is a version of Semantic Versioning 2.0, to the letter. */
export function isStrictVersion(text: string): boolean {
  return !text.startsWith('v') && valid(text) !== null && valid(text) === text.replace(/\+.*$/, '');
}

/** Whether a version lies in a range; undefined where Helm and npm read one of them differently. */
export function isInRange(version: string, range: string): boolean | undefined {
  if (!isVersionRange(range) || valid(version) === null || version.includes('-')) return undefined;
  if (range.includes('!=') || range.includes('-')) return undefined;
  const spoken = range.replaceAll(',', ' ').replaceAll('=>', '>=').replaceAll('=<', '<=').replaceAll('~>', '~');
  return satisfies(version, spoken);
}
