import type { LogicalText } from './logicalText.ts';
import { isBlank, unquote } from './splitWords.ts';

/** A heredoc as the instruction line announces it. */
export interface HeredocAnnouncement {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly stripsTabs: boolean;
  readonly expands: boolean;
  readonly descriptor: string;
}

/**
 * Finds the heredocs that a line announces, in order. A heredoc begins a word (`<<EOF`, `3<<-"EOF"`); inside quotes it
 * is plain text, and `<<<` is the here-string of the shell, which takes no lines.
 */
export function findHeredocs(head: LogicalText): HeredocAnnouncement[] {
  const { text } = head;
  const found: HeredocAnnouncement[] = [];
  let position = 0;
  while (position < text.length) {
    if (isBlank(text[position])) {
      position++;
      continue;
    }
    const start = position;
    position = wordEnd(text, start);
    // A quote that is never closed makes the builder see no heredoc at all.
    if (position < 0) return [];
    const opening = /^(\d*)<<(-?)/.exec(text.slice(start, Math.min(position, start + 16)));
    if (!opening) continue;
    let delimiterStart = start + opening[0].length;
    // The builder lets spaces stand between `<<` and its delimiter.
    if (delimiterStart === position) {
      while (isBlank(text[delimiterStart])) delimiterStart++;
      if (delimiterStart >= text.length) continue;
      position = wordEnd(text, delimiterStart);
      if (position < 0) return [];
    }
    const raw = text.slice(delimiterStart, position);
    if (raw === '' || raw.includes('<')) continue;
    found.push({
      name: unquote(raw, '\\'),
      start,
      end: position,
      stripsTabs: opening[2] === '-',
      expands: !/["']/.test(raw),
      descriptor: opening[1]!,
    });
  }
  return found;
}

/** The end of the word that begins at `start`; -1 when a quote in it is never closed. */
function wordEnd(text: string, start: number): number {
  let position = start;
  let quote = '';
  while (position < text.length && (quote !== '' || !isBlank(text[position]))) {
    const character = text[position]!;
    if (quote !== '') {
      if (character === quote) quote = '';
      else if (character === '\\' && quote === '"') position++;
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '\\') position++;
    position++;
  }
  return quote === '' ? Math.min(position, text.length) : -1;
}
