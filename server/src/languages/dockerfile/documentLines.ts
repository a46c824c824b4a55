import type { Span } from '../../text/sourceText.ts';

/** One physical line of a document: `text` is without its line break. */
export interface DocumentLine extends Span {
  readonly text: string;
  /** Offset after the line break. */
  readonly next: number;
}

/** Walks over the lines of a document as the builder cuts them: at `\n`, with a `\r` before it taken away. */
export class DocumentLines {
  readonly #text: string;
  #position: number;

  constructor(text: string) {
    this.#text = text;
    this.#position = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  }

  get position(): number {
    return this.#position;
  }

  next(): DocumentLine | undefined {
    const start = this.#position;
    if (start >= this.#text.length) return undefined;
    const lineBreak = this.#text.indexOf('\n', start);
    const next = lineBreak < 0 ? this.#text.length : lineBreak + 1;
    let end = lineBreak < 0 ? next : lineBreak;
    while (end > start && this.#text.charCodeAt(end - 1) === 13) end--;
    this.#position = next;
    return { start, end, next, text: this.#text.slice(start, end) };
  }
}
