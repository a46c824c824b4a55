import type { DockerfileWord } from './dockerfileFile.ts';
import type { LogicalText } from './logicalText.ts';

export function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t' || character === '\v' || character === '\f' || character === '\r';
}

export function wordAt(text: LogicalText, start: number, end: number, base = 0): DockerfileWord {
  return { text: text.text.slice(start, end), span: text.span(start, end), start: base + start, end: base + end };
}

/** Cuts at spaces; quotes mean nothing, as the builder reads FROM, EXPOSE, COPY, ADD and VOLUME. */
export function splitAtSpaces(body: LogicalText, base: number): DockerfileWord[] {
  const words: DockerfileWord[] = [];
  const { text } = body;
  let position = 0;
  while (position < text.length) {
    if (isBlank(text[position])) {
      position++;
      continue;
    }
    const start = position;
    while (position < text.length && !isBlank(text[position])) position++;
    words.push(wordAt(body, start, position, base));
  }
  return words;
}

export interface QuotedWords {
  readonly words: readonly DockerfileWord[];
  /** Offset in the body of a quote that is never closed. */
  readonly unclosedQuote: number | undefined;
}

/** Cuts at spaces outside quotes, as the builder reads ENV, LABEL and ARG. */
export function splitQuoted(body: LogicalText, escapeCharacter: string, base: number): QuotedWords {
  const words: DockerfileWord[] = [];
  const { text } = body;
  let position = 0;
  let unclosedQuote: number | undefined;
  while (position < text.length) {
    if (isBlank(text[position])) {
      position++;
      continue;
    }
    const start = position;
    let quoteStart = -1;
    while (position < text.length && (quoteStart >= 0 || !isBlank(text[position]))) {
      const character = text[position]!;
      if (quoteStart >= 0) {
        if (character === text[quoteStart]) quoteStart = -1;
        else if (character === escapeCharacter && text[quoteStart] !== "'") position++;
      } else if (character === '"' || character === "'") {
        quoteStart = position;
      } else if (character === escapeCharacter) {
        position++;
      }
      position++;
    }
    position = Math.min(position, text.length);
    if (quoteStart >= 0) unclosedQuote = quoteStart;
    words.push(wordAt(body, start, position, base));
  }
  return { words, unclosedQuote };
}

/** Removes quotes and escapes, and leaves variables as they are. */
export function unquote(text: string, escapeCharacter: string): string {
  let result = '';
  let quote = '';
  for (let position = 0; position < text.length; position++) {
    const character = text[position]!;
    if (quote === "'") {
      if (character === "'") quote = '';
      else result += character;
    } else if (character === escapeCharacter && position + 1 < text.length) {
      const next = text[position + 1]!;
      const keepsEscape = quote === '"' && next !== '"' && next !== '$' && next !== escapeCharacter;
      result += keepsEscape ? character + next : next;
      position++;
    } else if (quote === '"' && character === '"') {
      quote = '';
    } else if (quote === '' && (character === '"' || character === "'")) {
      quote = character;
    } else {
      result += character;
    }
  }
  return result;
}
