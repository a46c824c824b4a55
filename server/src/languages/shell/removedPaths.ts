import type { CommandUse } from './commandUses.ts';
import type { ShellWord } from './shellScript.ts';

/**
 * Whether `rm` or `find … -delete` may empty the folder `path`, which is absolute. Relative arguments may mean it
 * wherever the script has gone; of variables only those count whose name speaks of such a folder.
 */
export function mayRemove(use: CommandUse, path: string): boolean {
  const { name, arguments: words } = use;
  const isFind = name === 'find' && words.some(({ text }) => text === '-delete' || text === 'rm');
  if (name !== 'rm' && !isFind) return false;
  const wanted = path.split('/').filter((segment) => segment !== '');
  return words.some((word) => {
    const text = removedText(word);
    if (text === undefined) return /list|apt|cache|clean|dir|path|target/i.test(word.written);
    return !text.startsWith('-') && expandBraces(text).some((pattern) => covers(pattern, wanted));
  });
}

/** The path as far as it is known, with `*` for what an expansion decides; undefined when it begins with one. */
function removedText({ text, parts }: ShellWord): string | undefined {
  if (text !== undefined) return text.replace(/^~(?=\/|$)/, '/root');
  const [first] = parts;
  const isHome = first?.kind === 'parameter' && first.name === 'HOME' && first.operator === undefined;
  if (first?.kind !== 'literal' && !isHome) return undefined;
  return parts
    .map((part, index) => (part.kind === 'literal' ? part.text : index === 0 && isHome ? '/root' : '*'))
    .join('');
}

/** No path has more alternatives; keeps the expansion small. */
const MOST_ALTERNATIVES = 64;

/** `/var/{cache,lib/{apt,dpkg}}` as the words that bash makes of it. */
function expandBraces(text: string): string[] {
  let words = [text];
  for (let round = 0; round < MOST_ALTERNATIVES && words.length < MOST_ALTERNATIVES; round++) {
    const next = words.flatMap((word) => {
      const list = /\{([^{}]*,[^{}]*)\}/.exec(word);
      if (!list) return [word];
      return list[1]!
        .split(',')
        .map((one) => word.slice(0, list.index) + one + word.slice(list.index + list[0].length));
    });
    if (next.length === words.length) break;
    words = next;
  }
  return words.slice(0, MOST_ALTERNATIVES);
}

function covers(pattern: string, wanted: readonly string[]): boolean {
  const segments = pattern.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (segments.length === 0) return false;
  if (pattern.startsWith('/')) return matchesFrom(segments, wanted, 0);
  return wanted.some((_, start) => matchesFrom(segments, wanted, start));
}

/** The segments lead to a folder above `wanted`, to it, or into it. */
function matchesFrom(segments: readonly string[], wanted: readonly string[], start: number): boolean {
  return segments.every((segment, index) => {
    const name = wanted[start + index];
    return name === undefined || matches(segment, name);
  });
}

function matches(pattern: string, name: string): boolean {
  if (!/[*?[]/.test(pattern)) return pattern === name;
  // What brackets hold is taken for anything.
  const source = pattern
    .split(/(\*+|\?|\[[^\]]*\])/)
    .map((part, index) => (index % 2 === 0 ? part.replace(/[.+^${}()|[\]\\]/g, '\\$&') : part === '?' ? '.' : '.*'))
    .join('');
  return new RegExp(`^${source}$`).test(name);
}
