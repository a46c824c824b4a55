const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
};

const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|([abfnrtv\\"])|(.?))/gsu;

/** What a double-quoted string of Go stands for; undefined where it holds an escape that Go does not know. */
export function goStringValue(content: string): string | undefined {
  if (!content.includes('\\')) return content;
  let isValid = true;
  const value = content.replace(ESCAPE, (_written, byte, short, long, octal, simple, other) => {
    if (other !== undefined) isValid = false;
    if (simple !== undefined) return SIMPLE[simple]!;
    const code = octal === undefined ? Number.parseInt(byte ?? short ?? long ?? '0', 16) : Number.parseInt(octal, 8);
    const isSurrogate = code >= 0xd800 && code <= 0xdfff;
    if (code > 0x10ffff || isSurrogate || (octal !== undefined && code > 255)) {
      isValid = false;
      return '';
    }
    return String.fromCodePoint(code);
  });
  return isValid ? value : undefined;
}
