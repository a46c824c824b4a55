import type { Span } from '../../text/sourceText.ts';

/** A run of characters that stands in one piece in the document. */
export interface TextPiece {
  /** Offset of the piece's first character in the document. */
  readonly sourceStart: number;
  readonly text: string;
}

/**
 * Text that a reader sees in one piece although the document breaks it: an instruction whose lines are joined, with the
 * comment lines between them left out. Every character knows its offset in the document.
 */
export class LogicalText {
  readonly text: string;
  readonly #pieceStarts: readonly number[];
  readonly #sourceStarts: readonly number[];
  readonly #base: number;

  private constructor(text: string, pieceStarts: readonly number[], sourceStarts: readonly number[], base: number) {
    this.text = text;
    this.#pieceStarts = pieceStarts;
    this.#sourceStarts = sourceStarts;
    this.#base = base;
  }

  static join(pieces: readonly TextPiece[]): LogicalText {
    const kept = pieces.filter((piece) => piece.text !== '');
    const used = kept.length > 0 ? kept : pieces.slice(0, 1);
    const pieceStarts: number[] = [];
    let length = 0;
    for (const piece of used) {
      pieceStarts.push(length);
      length += piece.text.length;
    }
    return new LogicalText(
      used.map((piece) => piece.text).join(''),
      pieceStarts.length > 0 ? pieceStarts : [0],
      used.length > 0 ? used.map((piece) => piece.sourceStart) : [0],
      0,
    );
  }

  /** The part `[start, end)`, whose offsets count from 0 again and whose places stay. */
  slice(start: number, end: number = this.text.length): LogicalText {
    return new LogicalText(this.text.slice(start, end), this.#pieceStarts, this.#sourceStarts, this.#base + start);
  }

  /** Where in the document the character at `offset` stands. */
  sourceOffset(offset: number): number {
    const wanted = this.#base + offset;
    let low = 0;
    let high = this.#pieceStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#pieceStarts[middle]! <= wanted) low = middle;
      else high = middle - 1;
    }
    return this.#sourceStarts[low]! + (wanted - this.#pieceStarts[low]!);
  }

  /**
   * The span in the document from the first character of `[start, end)` to its last one. An empty part stands after
   * the character before it, so that what is missing is shown on the line that lacks it.
   */
  span(start: number, end: number): Span {
    if (end > start) return { start: this.sourceOffset(start), end: this.sourceOffset(end - 1) + 1 };
    const at = this.#base + start > 0 ? this.sourceOffset(start - 1) + 1 : this.sourceOffset(start);
    return { start: at, end: at };
  }

  /** The offset in this text of the document's `sourceOffset`, or of the next character that this text holds. */
  logicalOffset(sourceOffset: number): number {
    let low = 0;
    let high = this.text.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.sourceOffset(middle) < sourceOffset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
