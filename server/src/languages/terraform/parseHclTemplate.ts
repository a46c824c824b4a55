import type { HclCursor } from './hclCursor.ts';
import type { HclExpression, HclName, HclTemplate, HclTemplatePart } from './hclSyntax.ts';
import { HclToken } from './hclTokens.ts';
import { type RawTemplateText, templateTexts } from './templateTexts.ts';

type ReadExpression = (cursor: HclCursor) => HclExpression;

/** An `if` or `for` directive whose end was not met yet. */
interface OpenDirective {
  readonly kind: 'if' | 'for';
  readonly start: number;
  readonly condition: HclExpression;
  readonly keyName: HclName | undefined;
  readonly valueName: HclName | undefined;
  readonly consequent: Part[];
  readonly alternative: Part[];
  hasElse: boolean;
}

/** A part whose text is filled in at the end, when all of the template is known. */
type Part = HclTemplatePart;

/** Reads a quoted string or a heredoc with its interpolations and directives. The cursor stands at its opening token. */
export function parseHclTemplate(cursor: HclCursor, readExpression: ReadExpression): HclTemplate {
  return new TemplateReader(cursor, readExpression).read();
}

class TemplateReader {
  readonly #cursor: HclCursor;
  readonly #readExpression: ReadExpression;
  readonly #parts: Part[] = [];
  readonly #open: OpenDirective[] = [];
  /** The texts in order, with the sequences between them as `undefined`: indentation and trimming look at both. */
  readonly #texts: RawTemplateText[] = [];
  #trimNext = false;

  constructor(cursor: HclCursor, readExpression: ReadExpression) {
    this.#cursor = cursor;
    this.#readExpression = readExpression;
  }

  read(): HclTemplate {
    const cursor = this.#cursor;
    const { start } = cursor;
    const heredoc = cursor.is(HclToken.openHeredoc);
    const flush = heredoc && cursor.text.startsWith('<<-', start);
    cursor.next();
    cursor.within(true, () => this.#readParts());
    while (this.#open.length > 0) {
      const { kind, start: from } = this.#open.at(-1)!;
      cursor.problems.add('unclosed-directive', from, from + 2, `This %{ ${kind} } has no %{ end${kind} }.`);
      this.#closeDirective();
    }
    templateTexts(this.#texts, { heredoc, flush, problems: cursor.problems });
    return { kind: 'template', span: { start, end: cursor.lastEnd }, parts: this.#parts, heredoc };
  }

  #readParts(): void {
    const cursor = this.#cursor;
    for (;;) {
      switch (cursor.kind) {
        case HclToken.quotedText:
        case HclToken.heredocText:
          this.#text();
          break;
        case HclToken.openInterpolation:
          this.#interpolation();
          break;
        case HclToken.openDirective:
          this.#directive();
          break;
        case HclToken.closeQuote:
        case HclToken.closeHeredoc:
          cursor.next();
          return;
        default:
          return;
      }
    }
  }

  get #target(): Part[] {
    const directive = this.#open.at(-1);
    if (!directive) return this.#parts;
    return directive.hasElse ? directive.alternative : directive.consequent;
  }

  #text(): void {
    const { span, word } = this.#cursor;
    const part = { kind: 'text' as const, span, value: word };
    this.#texts.push({ part, trimStart: this.#trimNext, trimEnd: false });
    this.#trimNext = false;
    this.#target.push(part);
    this.#cursor.next();
  }

  /** Reads from `${` or `%{` up to its end, and what stands between with `read`. */
  #sequence(read: () => void): void {
    const cursor = this.#cursor;
    const previous = this.#texts.at(-1);
    if (cursor.word.endsWith('~') && previous?.part) previous.trimEnd = true;
    cursor.next();
    cursor.within(false, () => {
      read();
      if (!cursor.is(HclToken.closeTemplate)) {
        const { start, end } = cursor.span;
        cursor.skipSequence();
        // Where the tokenizer found no end of the sequence it has said so.
        if (cursor.span.end > cursor.start) {
          cursor.problems.add(
            'unexpected-token',
            start,
            end,
            'The } that ends this template sequence is expected here.',
          );
        }
      }
      this.#trimNext = cursor.is(HclToken.closeTemplate) && cursor.word === '~}';
      cursor.accept(HclToken.closeTemplate);
    });
    this.#texts.push({ part: undefined, trimStart: false, trimEnd: false });
  }

  #interpolation(): void {
    const { start } = this.#cursor;
    let value: HclExpression | undefined;
    this.#sequence(() => {
      value = this.#readExpression(this.#cursor);
    });
    this.#target.push({ kind: 'interpolation', span: this.#from(start), value: value! });
  }

  #directive(): void {
    const cursor = this.#cursor;
    const { start } = cursor;
    let word = '';
    this.#sequence(() => {
      word = cursor.is(HclToken.identifier) ? cursor.word : '';
      const innermost = this.#open.at(-1);
      if (word === 'if' || word === 'for') {
        cursor.next();
        this.#openDirective(word, start);
      } else if (word === 'else' && innermost?.kind === 'if' && !innermost.hasElse) cursor.next();
      else if ((word === 'endif' || word === 'endfor') && `end${innermost?.kind}` === word) cursor.next();
      else {
        cursor.problem('unexpected-directive', unexpectedDirective(word));
        word = '';
      }
    });
    if (word === 'else') this.#open.at(-1)!.hasElse = true;
    else if (word === 'endif' || word === 'endfor') this.#closeDirective();
  }

  #openDirective(kind: 'if' | 'for', start: number): void {
    const cursor = this.#cursor;
    let keyName: HclName | undefined;
    let valueName: HclName | undefined;
    if (kind === 'for') {
      valueName = this.#name();
      if (cursor.accept(HclToken.comma)) {
        keyName = valueName;
        valueName = this.#name();
      }
      if (cursor.isWord('in')) cursor.next();
      else cursor.problem('missing-in', 'A for-directive reads `for name in collection`.');
    }
    const condition = this.#readExpression(cursor);
    this.#open.push({ kind, start, condition, keyName, valueName, consequent: [], alternative: [], hasElse: false });
  }

  #name(): HclName | undefined {
    const cursor = this.#cursor;
    if (!cursor.is(HclToken.identifier)) {
      cursor.problem('missing-name', 'A name is expected here.');
      return undefined;
    }
    const name = { name: cursor.word, span: cursor.span };
    cursor.next();
    return name;
  }

  #closeDirective(): void {
    const { kind, start, condition, keyName, valueName, consequent, alternative } = this.#open.pop()!;
    const span = this.#from(start);
    this.#target.push(
      kind === 'if'
        ? { kind: 'templateIf', span, condition, consequent, alternative }
        : { kind: 'templateFor', span, keyName, valueName, collection: condition, parts: consequent },
    );
  }

  #from(start: number): { start: number; end: number } {
    return { start, end: Math.max(start, this.#cursor.lastEnd) };
  }
}

function unexpectedDirective(word: string): string {
  if (word === 'else') return 'This else has no if before it.';
  if (word === 'endif') return 'This endif has no if before it.';
  if (word === 'endfor') return 'This endfor has no for before it.';
  return 'A directive is one of if, else, endif, for and endfor.';
}
