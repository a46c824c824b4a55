import type { Scalar } from '../../text/sourceNode.ts';

/** The value of a plain scalar by the core schema of YAML 1.2 (section 10.3 of its specification). */
export function plainValue(written: string): Scalar {
  const first = written.charCodeAt(0);
  // Only these characters can begin something that is no string: + - . 0-9, F N T f n t, ~.
  if (first < 43 || (first > 57 && !isWordStart(first))) return written;
  if (first <= 57) return first === 44 || first === 47 ? written : numberValue(written);
  if (written.length > 5) return written;
  switch (written) {
    case '~':
    case 'null':
    case 'Null':
    case 'NULL':
      return null;
    case 'true':
    case 'True':
    case 'TRUE':
      return true;
    case 'false':
    case 'False':
    case 'FALSE':
      return false;
    default:
      return written;
  }
}

function isWordStart(code: number): boolean {
  return code === 70 || code === 78 || code === 84 || code === 102 || code === 110 || code === 116 || code === 126;
}

const INTEGER = /^[-+]?[0-9]+$/;
const OCTAL = /^0o[0-7]+$/;
const HEXADECIMAL = /^0x[0-9a-fA-F]+$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const INFINITE = /^[-+]?\.(?:inf|Inf|INF)$/;
const NOT_A_NUMBER = /^\.(?:nan|NaN|NAN)$/;

function numberValue(written: string): Scalar {
  if (INTEGER.test(written)) return Number.parseInt(written, 10);
  if (FLOAT.test(written)) return Number.parseFloat(written);
  if (OCTAL.test(written)) return Number.parseInt(written.slice(2), 8);
  if (HEXADECIMAL.test(written)) return Number.parseInt(written.slice(2), 16);
  if (INFINITE.test(written)) return written.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return NOT_A_NUMBER.test(written) ? Number.NaN : written;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
};

/** What stands between the quotes of a double-quoted scalar of one line; undefined where an escape is uncommon or wrong. */
export function doubleQuotedValue(inner: string): string | undefined {
  if (!inner.includes('\\')) return inner;
  let value = '';
  let position = 0;
  for (let slash = inner.indexOf('\\'); slash >= 0; slash = inner.indexOf('\\', position)) {
    value += inner.slice(position, slash);
    const escaped = inner[slash + 1] ?? '';
    if (escaped === 'u') {
      const digits = inner.slice(slash + 2, slash + 6);
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) return undefined;
      value += String.fromCharCode(Number.parseInt(digits, 16));
      position = slash + 6;
      continue;
    }
    const character = ESCAPES[escaped];
    if (character === undefined) return undefined;
    value += character;
    position = slash + 2;
  }
  return value + inner.slice(position);
}

/** Folds the lines of a plain scalar: one line break is a space, each further one stays. */
export function foldPlain(written: string): string {
  const [first = '', ...rest] = written.split(/\r?\n/);
  let value = first.replace(/[ \t]+$/, '');
  let breaks = 0;
  for (const line of rest) {
    const content = line.replace(/^[ \t]+|[ \t]+$/g, '');
    breaks++;
    if (content === '') continue;
    value += breaks === 1 ? ` ${content}` : '\n'.repeat(breaks - 1) + content;
    breaks = 0;
  }
  return value;
}

/**
 * Folds the lines of a block scalar with `>`: a line break between two lines of text is a space; lines that are indented
 * further, and empty ones, keep theirs. The lines come without their common indentation, leading empty ones excluded.
 */
export function foldBlock(lines: readonly string[]): string {
  let value = '';
  let separator = '';
  let afterIndented = false;
  for (const line of lines) {
    if (line === '') {
      if (separator === '\n') value += '\n';
      else separator = '\n';
    } else if (line.startsWith(' ') || line.startsWith('\t')) {
      if (separator === ' ') separator = '\n';
      else if (!afterIndented && separator === '\n') separator = '\n\n';
      value += separator + line;
      separator = '\n';
      afterIndented = true;
    } else {
      value += separator + line;
      separator = ' ';
      afterIndented = false;
    }
  }
  return value;
}
