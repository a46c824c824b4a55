import { SPRING_KEYS, type SpringKey, type SpringValue } from './springKeys.ts';
import { uniformKey } from './springSettings.ts';

const PATTERNS: readonly { readonly pattern: readonly string[]; readonly known: SpringKey }[] = SPRING_KEYS.map(
  (known) => ({ pattern: uniformKey(known.key).split('.'), known }),
);

/** The known key that is written as `key`, in whichever of Spring's spellings. */
export function knownKey(key: string): SpringKey | undefined {
  const segments = uniformKey(key).split('.');
  return PATTERNS.find(({ pattern }) => fits(pattern, segments))?.known;
}

function fits(pattern: readonly string[], segments: readonly string[]): boolean {
  return pattern.length === segments.length && pattern.every((part, index) => part === '*' || part === segments[index]);
}

/** The next segments of known keys below `path`, each with the key where one ends there. */
export function nextSegments(path: readonly string[]): ReadonlyMap<string, SpringKey | undefined> {
  const written = path.map(uniformKey);
  const next = new Map<string, SpringKey | undefined>();
  for (const { pattern, known } of PATTERNS) {
    if (pattern.length <= written.length || !fits(pattern.slice(0, written.length), written)) continue;
    const segment = known.key.split('.')[written.length]!;
    if (segment === '*') continue;
    const isEnd = pattern.length === written.length + 1;
    if (isEnd || !next.has(segment)) next.set(segment, isEnd ? known : undefined);
  }
  return next;
}

/** The words that a key may take, where they are few. */
export function choicesOf(takes: SpringValue): readonly string[] {
  if (takes === 'boolean') return ['true', 'false'];
  return typeof takes === 'string' ? [] : takes;
}

const NUMBER = /^[+-]?(?:\d+|0x[0-9a-f]+)$/i;
const DURATION = /^(?:[+-]?\d+(?:ns|us|ms|s|m|h|d)?|[+-]?P(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?)$/i;

/** What a value has to be, in words; undefined where the text is one. Placeholders and empty texts are never judged. */
export function wantedInstead(takes: SpringValue, text: string): string | undefined {
  const value = text.trim();
  if (value === '' || /\$\{|#\{|\{\{/.test(value)) return undefined;
  switch (takes) {
    case 'text':
      return undefined;
    case 'integer':
      return NUMBER.test(value) ? undefined : 'a whole number';
    case 'milliseconds':
      return NUMBER.test(value) ? undefined : 'a number of milliseconds, without a unit';
    case 'percentage':
      return /^[+-]?\d+(?:\.\d+)?$/.test(value) ? undefined : 'a number of per cent';
    case 'duration':
      return DURATION.test(value) ? undefined : 'a time such as 500ms or 2s';
    case 'boolean':
      return /^(?:true|false|on|off|yes|no|1|0)$/i.test(value) ? undefined : 'true or false';
    default:
      return takes.some((word) => uniformKey(word) === uniformKey(value)) ? undefined : `one of ${takes.join(', ')}`;
  }
}
