import { Buffer } from 'node:buffer';
import { fixed, variadic } from './functionArguments.ts';
import { type HclValue, isList, textOf, UNKNOWN } from './hclValue.ts';

/** Terraform's string functions whose result is certain. */
export const textFunctions = {
  base64decode: fixed(['text'], (text) => {
    const bytes = Buffer.from(text, 'base64');
    const decoded = bytes.toString('utf8');
    const isExact = bytes.toString('base64') === text && Buffer.from(decoded, 'utf8').equals(bytes);
    return isExact ? decoded : UNKNOWN;
  }),
  base64encode: fixed(['text'], (text) => Buffer.from(text, 'utf8').toString('base64')),
  chomp: fixed(['text'], (text) => text.replace(/[\r\n]+$/, '')),
  endswith: fixed(['text', 'text'], (text, end) => text.endsWith(end)),
  format: (values: readonly HclValue[]): HclValue => {
    const pattern = textOf(values[0] ?? UNKNOWN);
    return pattern === UNKNOWN ? UNKNOWN : format(pattern, values.slice(1));
  },
  join: (values: readonly HclValue[]): HclValue => {
    const separator = textOf(values[0] ?? UNKNOWN);
    const texts: string[] = [];
    for (const list of values.slice(1)) {
      if (!isList(list)) return UNKNOWN;
      for (const item of list) {
        const text = textOf(item);
        if (text === UNKNOWN) return UNKNOWN;
        texts.push(text);
      }
    }
    return separator === UNKNOWN || values.length < 2 ? UNKNOWN : texts.join(separator);
  },
  lower: fixed(['text'], (text) => text.toLowerCase()),
  replace: fixed(['text', 'text', 'text'], (text, search, replacement) => {
    // Between slashes the search is a regular expression of another dialect.
    if (search.length > 1 && search.startsWith('/') && search.endsWith('/')) return UNKNOWN;
    return search === '' ? UNKNOWN : text.split(search).join(replacement);
  }),
  split: fixed(['text', 'text'], (separator, text) => {
    if (text === '') return separator === '' ? [] : [''];
    return separator === '' ? [...text] : text.split(separator);
  }),
  startswith: fixed(['text', 'text'], (text, start) => text.startsWith(start)),
  strcontains: fixed(['text', 'text'], (text, part) => text.includes(part)),
  strrev: fixed(['text'], (text) => (isPlain(text) ? [...text].reverse().join('') : UNKNOWN)),
  substr: fixed(['text', 'whole', 'whole'], (text, offset, length) => {
    if (!isPlain(text)) return UNKNOWN;
    const start = offset < 0 ? Math.max(0, text.length + offset) : offset;
    return length < 0 ? text.slice(start) : text.slice(start, start + length);
  }),
  title: fixed(['text'], (text) =>
    isPlain(text) ? text.replace(/(^|[^\w'])([a-z])/g, (_, before, letter) => before + letter.toUpperCase()) : UNKNOWN,
  ),
  trim: fixed(['text', 'text'], (text, set) => trimEnd(trimStart(text, set), set)),
  trimprefix: fixed(['text', 'text'], (text, prefix) => (text.startsWith(prefix) ? text.slice(prefix.length) : text)),
  trimspace: fixed(['text'], (text) => text.trim()),
  trimsuffix: fixed(['text', 'text'], (text, suffix) =>
    suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text,
  ),
  upper: fixed(['text'], (text) => text.toUpperCase()),
  urlencode: variadic('text', ([text]) =>
    text === undefined || /\p{Surrogate}/u.test(text)
      ? UNKNOWN
      : encodeURIComponent(text)
          .replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
          .replaceAll('%20', '+'),
  ),
};

/** Terraform counts grapheme clusters; for these texts they are the same as UTF-16 units. */
function isPlain(text: string): boolean {
  return /^[\x20-\x7e\n\t]*$/.test(text);
}

function trimStart(text: string, set: string): string {
  let start = 0;
  while (start < text.length && set.includes(text[start]!)) start++;
  return text.slice(start);
}

function trimEnd(text: string, set: string): string {
  let end = text.length;
  while (end > 0 && set.includes(text[end - 1]!)) end--;
  return text.slice(0, end);
}

/** Only the verbs `%s`, `%d`, `%v` and `%%`, and a width with zeros for `%d`. */
function format(pattern: string, values: readonly HclValue[]): HclValue {
  let next = 0;
  let isCertain = true;
  const text = pattern.replace(
    /%(?:%|(0?\d*)([a-zA-Z]))|%/g,
    (verb, width: string | undefined, letter: string | undefined) => {
      if (verb === '%%') return '%';
      const value = values[next++] ?? UNKNOWN;
      const piece = textOf(value);
      const isSupported = letter === 'd' ? Number.isInteger(value) : (letter === 's' || letter === 'v') && !width;
      if (piece === UNKNOWN || !isSupported || (width && String(piece).startsWith('-'))) {
        isCertain = false;
        return '';
      }
      return width ? piece.padStart(Number(width), width.startsWith('0') ? '0' : ' ') : piece;
    },
  );
  return isCertain && next === values.length ? text : UNKNOWN;
}
