const INTEGER = /^(?:0|[1-9](?:_?[0-9])*|0[xX](?:_?[0-9a-fA-F])+|0[bB](?:_?[01])+|0[oO]?(?:_?[0-7])+)$/;
const DECIMAL = /^(?:[0-9](?:_?[0-9])*\.?(?:[0-9](?:_?[0-9])*)?|\.[0-9](?:_?[0-9])*)(?:[eE][+-]?[0-9](?:_?[0-9])*)?$/;
const HEXADECIMAL = /^0[xX](?:_?[0-9a-fA-F])*\.?(?:[0-9a-fA-F](?:_?[0-9a-fA-F])*)?[pP][+-]?[0-9](?:_?[0-9])*$/;
const GREATEST = 2n ** 64n - 1n;

/** Whether Go reads a text as a number: whole, fractional or imaginary, and of a size that it can hold. */
export function isGoNumber(text: string): boolean {
  const imaginary = /^([+-]?[^+-].*)([+-].*)i$/.exec(text);
  if (imaginary && /i$/.test(text) && !/[eEpP]$/.test(imaginary[1]!))
    return isReal(imaginary[1]!) && isReal(imaginary[2]!);
  return isReal(text.endsWith('i') ? text.slice(0, -1) : text);
}

function isReal(text: string): boolean {
  const digits = text.replace(/^[+-]/, '');
  if (INTEGER.test(digits)) {
    const written = digits.replaceAll('_', '').replace(/^0([0-7]+)$/, '0o$1');
    const size = BigInt(written.toLowerCase());
    return text.startsWith('-') ? size <= 2n ** 63n : size <= GREATEST;
  }
  if (HEXADECIMAL.test(digits)) return true;
  // Digits alone that are no whole number, such as 08, are no fraction either.
  return DECIMAL.test(digits) && /[.eE]/.test(digits) && !digits.includes('_') && Number.isFinite(Number(digits));
}

const CHARACTER =
  /^(?:[^\\'\r\n]|\\(?:[abfnrtv\\']|x[0-9a-fA-F]{2}|[0-3][0-7]{2}|u(?![dD][89a-fA-F])[0-9a-fA-F]{4}|U00(?:0[0-9a-fA-F]|10)[0-9a-fA-F]{4}))$/u;

/** Whether Go reads the text between single quotes as one character. */
export function isGoCharacter(content: string): boolean {
  return CHARACTER.test(content);
}
