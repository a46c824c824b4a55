/** Where tokens meet: the offsets at which the class of the characters changes, and both ends of the text. */
export function tokenBoundaries(text: string): number[] {
  const boundaries = [0];
  for (let offset = 1; offset < text.length; offset++) {
    const before = characterClass(text.charCodeAt(offset - 1));
    if (before === 'mark' || before !== characterClass(text.charCodeAt(offset))) boundaries.push(offset);
  }
  if (text.length > 0) boundaries.push(text.length);
  return boundaries;
}

/** About one in `oneIn` of all offsets; the same ones for the same text on every machine. */
export function sampledOffsets(text: string, oneIn: number): number[] {
  const offsets: number[] = [];
  // The linear congruential generator of Numerical Recipes: any even spread would do, as long as it repeats.
  let state = text.length;
  for (let offset = 0; offset <= text.length; offset++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    if (state % oneIn === 0) offsets.push(offset);
  }
  return offsets;
}

export function everyOffset(text: string): number[] {
  return Array.from({ length: text.length + 1 }, (_, offset) => offset);
}

function characterClass(code: number): 'word' | 'space' | 'line' | 'mark' {
  if (code === 10 || code === 13) return 'line';
  if (code === 32 || code === 9) return 'space';
  const isWord = code === 95 || code >= 128 || /[0-9A-Za-z]/.test(String.fromCharCode(code));
  return isWord ? 'word' : 'mark';
}
