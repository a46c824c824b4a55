import type { Span } from '../../text/sourceText.ts';

/** Text of a script whose characters know where they stand in the document; `LogicalText` is one. */
export interface ShellText {
  readonly text: string;
  span(start: number, end: number): Span;
  slice(start: number, end?: number): ShellText;
}

/** A script that stands in one piece in the document, from `base` on. */
export class PlainShellText implements ShellText {
  readonly text: string;
  readonly #base: number;

  constructor(text: string, base = 0) {
    this.text = text;
    this.#base = base;
  }

  span(start: number, end: number): Span {
    return { start: this.#base + start, end: this.#base + end };
  }

  slice(start: number, end: number = this.text.length): PlainShellText {
    return new PlainShellText(this.text.slice(start, end), this.#base + start);
  }
}
