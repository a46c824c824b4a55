import type { SourceNode } from '../../text/sourceNode.ts';
import type { Span } from '../../text/sourceText.ts';

/** The value of a scalar as a text of another language, and where each of its characters was read. */
export interface ScalarText {
  readonly text: string;
  /** A literal block: its lines stand in the file as they are, so that edits may be made in them. */
  readonly literal: boolean;
  /** Offset in the file of the character at an offset of `text`; the end of `text` gives the end of its last character. */
  offsetOf(offset: number): number;
  /** Where a part of the text stands in the file. */
  spanOf(part: Span): Span;
}

const ESCAPES: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };
const texts = new WeakMap<SourceNode, ScalarText | null>();

/**
 * Reads a scalar of any style as a text whose parts have places: plain, quoted, literal and folded. Folding changes only
 * blanks, so that the other characters are told by their order. Undefined for what is no text that stands in a file, and for what
 * a chart's template writes in part.
 */
export function scalarText(node: SourceNode): ScalarText | undefined {
  const known = texts.get(node);
  if (known !== undefined) return known ?? undefined;
  const text = node.derived || node.kind !== 'scalar' ? undefined : node.text();
  const read = text === undefined || isTemplated(node, text) ? null : placed(node, text);
  texts.set(node, read);
  return read ?? undefined;
}

/** Actions of a chart's template stand in the file, but not in the text that was read of it. */
function isTemplated(node: SourceNode, text: string): boolean {
  return node.source.slice(node.span).split('{{').length !== text.split('{{').length;
}

function placed(node: SourceNode, text: string): ScalarText {
  const { start, end } = node.span;
  const written = node.source.text.slice(start, end);
  const isBlock = node.quoted && /^[|>]/.test(written);
  const bodyStart = isBlock ? written.indexOf('\n') + 1 || written.length : 0;
  let offsets: Int32Array | undefined;
  const offsetOf = (offset: number): number => {
    offsets ??= align(text, written, bodyStart);
    if (offset < text.length) return start + offsets[offset]!;
    return text.length === 0 ? start : start + offsets[text.length - 1]! + 1;
  };
  return {
    text,
    literal: isBlock && written.startsWith('|'),
    offsetOf,
    spanOf: (part) => {
      const from = offsetOf(part.start);
      return { start: from, end: part.end > part.start ? Math.max(from, offsetOf(part.end - 1) + 1) : from };
    },
  };
}

/** For each character of the value the offset in what is written. */
function align(text: string, written: string, bodyStart: number): Int32Array {
  const offsets = new Int32Array(text.length);
  const quote = bodyStart === 0 ? written[0] : undefined;
  const isQuoted = quote === '"' || quote === "'";
  let at = isQuoted ? 1 : bodyStart;
  for (let index = 0; index < text.length; index++) {
    const isEscaped = quote === '"' && written[at] === '\\' && !/\s/.test(written[at + 1] ?? ' ');
    if (!isEscaped && /\s/.test(text[index]!)) {
      // What follows finds its own place; a blank stands behind the character before it.
      offsets[index] = Math.min(at, Math.max(0, written.length - 1));
      if (/\s/.test(written[at] ?? '') && !/[\r\n]/.test(written[at] ?? '')) at++;
      continue;
    }
    while (
      at < written.length &&
      (/\s/.test(written[at]!) || (quote === '"' && /^\\\r?\n/.test(written.slice(at, at + 3))))
    )
      at++;
    offsets[index] = Math.min(at, Math.max(0, written.length - 1));
    if (isEscaped || (quote === '"' && written[at] === '\\')) {
      const letter = written[at + 1] ?? '';
      at += 2 + (ESCAPES[letter] ?? 0);
      // A character beyond the basic plane takes two of the value's.
      if (letter === 'U' && /[\uD800-\uDBFF]/.test(text[index]!) && index + 1 < text.length)
        offsets[++index] = offsets[index - 1]!;
    } else {
      at += quote === "'" && written[at] === "'" ? 2 : 1;
    }
  }
  return offsets;
}
