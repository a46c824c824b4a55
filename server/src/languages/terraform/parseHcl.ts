import type { SourceText } from '../../text/sourceText.ts';
import { HclCursor } from './hclCursor.ts';
import { HclProblems } from './hclProblems.ts';
import type { HclAttribute, HclBlock, HclBody, HclFile, HclFragment, HclItem, HclLabel } from './hclSyntax.ts';
import { HclToken, type HclTokens } from './hclTokens.ts';
import { parseHclExpression } from './parseHclExpression.ts';
import { parseHclTemplate } from './parseHclTemplate.ts';
import { tokenizeHcl } from './tokenizeHcl.ts';

/** Blocks that stand only at the top of a Terraform file: where brackets do not match, they end what is open. */
const TOP_LEVEL = new Set([
  'check',
  'data',
  'ephemeral',
  'import',
  'locals',
  'module',
  'moved',
  'output',
  'provider',
  'removed',
  'resource',
  'terraform',
  'variable',
]);

/**
 * Reads HCL native syntax (specification: HCL Native Syntax Specification of HCL 2). Never throws and takes time linear
 * in the text. Text that is not HCL becomes problems; the arguments and blocks around it are still read. Where brackets
 * do not match, the file is read a second time, believing its indentation.
 */
export function parseHcl(source: SourceText): HclFile {
  const lexical = new HclProblems();
  const tokens = tokenizeHcl(source.text, lexical);
  const first = read(source, tokens, lexical, false);
  return first.unbalanced ? read(source, tokens, lexical, true).file : first.file;
}

function read(
  source: SourceText,
  tokens: HclTokens,
  lexical: HclProblems,
  recovering: boolean,
): { file: HclFile; unbalanced: boolean } {
  const problems = new HclProblems(lexical);
  const reader = new BodyReader(new HclCursor(source.text, tokens, problems, recovering));
  const body = reader.file();
  return { file: { source, tokens, body, problems: problems.sorted() }, unbalanced: reader.unbalanced };
}

/** What a body ends by. At the top of the file nothing closes it. */
interface Enclosing {
  /** Indentation of the line on which the block began. */
  readonly indent: number;
  readonly open: number;
}

class BodyReader {
  readonly #cursor: HclCursor;
  unbalanced = false;

  constructor(cursor: HclCursor) {
    this.#cursor = cursor;
  }

  file(): HclBody {
    const items = this.#items(undefined);
    return { kind: 'body', span: { start: 0, end: this.#cursor.text.length }, items };
  }

  #items(enclosing: Enclosing | undefined): HclItem[] {
    const cursor = this.#cursor;
    const items: HclItem[] = [];
    const names = new Set<string>();
    let indented = false;
    for (;;) {
      cursor.skipNewlines();
      if (cursor.is(HclToken.endOfFile)) return items;
      if (cursor.is(HclToken.closeBrace)) {
        if (enclosing) return items;
        this.unbalanced = true;
        cursor.problem('unexpected-brace', 'This } closes nothing.');
        cursor.next();
        continue;
      }
      if (cursor.recovering && enclosing && cursor.atLineStart) {
        if (this.#endsByIndentation(enclosing, indented)) return items;
        indented ||= cursor.column > enclosing.indent;
      }
      const item = this.#item();
      if (!item) continue;
      items.push(item);
      if (item.kind !== 'attribute') continue;
      if (names.has(item.name)) {
        const { start, end } = item.nameSpan;
        cursor.problems.add(
          'duplicate-argument',
          start,
          end,
          `The argument ${item.name} is already set in this block.`,
        );
      }
      names.add(item.name);
    }
  }

  #endsByIndentation(enclosing: Enclosing, indented: boolean): boolean {
    const cursor = this.#cursor;
    if (cursor.column > enclosing.indent || !cursor.is(HclToken.identifier)) return false;
    return indented || (cursor.looksLikeBlock && TOP_LEVEL.has(cursor.word));
  }

  #item(): HclItem | undefined {
    const cursor = this.#cursor;
    if (!cursor.is(HclToken.identifier)) {
      if (cursor.is(HclToken.openQuote)) cursor.problem('quoted-argument', 'An argument name stands without quotes.');
      else cursor.problem('unexpected-token', 'An argument or a block is expected here.');
      if (!cursor.is(HclToken.openQuote)) cursor.next();
      cursor.skipTo(HclToken.newline);
      return undefined;
    }
    const name = cursor.word;
    const nameSpan = cursor.span;
    cursor.next();
    if (cursor.accept(HclToken.assign)) return this.#attribute(name, nameSpan);
    if (cursor.is(HclToken.identifier) || cursor.is(HclToken.openQuote) || cursor.is(HclToken.openBrace)) {
      return this.#block(name, nameSpan);
    }
    const colon = cursor.is(HclToken.colon);
    cursor.problem('missing-equals', colon ? 'An = sets an argument, not a :.' : `An = or a { must follow ${name}.`);
    if (colon) {
      cursor.next();
      return this.#attribute(name, nameSpan);
    }
    cursor.skipTo(HclToken.newline);
    return { kind: 'fragment', span: { start: nameSpan.start, end: cursor.lastEnd }, name, nameSpan, labels: [] };
  }

  #attribute(name: string, nameSpan: HclAttribute['nameSpan']): HclAttribute {
    const cursor = this.#cursor;
    const value = parseHclExpression(cursor);
    const attribute: HclAttribute = {
      kind: 'attribute',
      span: { start: nameSpan.start, end: cursor.lastEnd },
      name,
      nameSpan,
      value,
    };
    this.#endOfLine('A line break must follow this argument.');
    return attribute;
  }

  #endOfLine(message: string): void {
    const cursor = this.#cursor;
    if (cursor.is(HclToken.newline) || cursor.is(HclToken.endOfFile) || cursor.atNewItem) return;
    if (cursor.is(HclToken.closeBrace) && this.#oneLine) return;
    cursor.problem('missing-newline', message);
    cursor.skipTo(HclToken.newline);
  }

  /** The block that is read stands on one line: its `}` may follow its argument. */
  #oneLine = false;

  #block(type: string, typeSpan: HclBlock['typeSpan']): HclBlock | HclFragment {
    const cursor = this.#cursor;
    const indent = cursor.lineIndent;
    const labels: HclLabel[] = [];
    while (cursor.is(HclToken.identifier) || cursor.is(HclToken.openQuote)) labels.push(this.#label());
    if (cursor.is(HclToken.newline) && labels.length > 0) this.#braceOnNextLine();
    if (!cursor.is(HclToken.openBrace)) {
      cursor.problem('missing-brace', `A { must follow ${type}.`);
      cursor.skipTo(HclToken.newline);
      return {
        kind: 'fragment',
        span: { start: typeSpan.start, end: cursor.lastEnd },
        name: type,
        nameSpan: typeSpan,
        labels,
      };
    }
    const open = cursor.start;
    cursor.next();
    const items = cursor.nested(() => this.#blockItems({ indent, open })) ?? [];
    const bodyEnd = cursor.is(HclToken.closeBrace) ? cursor.start : cursor.lastEnd;
    const unclosed = !this.#closes(indent) || !cursor.accept(HclToken.closeBrace);
    if (unclosed) {
      this.unbalanced = true;
      cursor.problems.add('unclosed-block', open, open + 1, `The block ${type} is not closed.`);
    }
    const block: HclBlock = {
      kind: 'block',
      span: { start: typeSpan.start, end: cursor.lastEnd },
      type,
      typeSpan,
      labels,
      body: { kind: 'body', span: { start: open + 1, end: unclosed ? cursor.lastEnd : bodyEnd }, items },
      unclosed,
    };
    if (!unclosed) this.#endOfLine('A line break must follow this block.');
    return block;
  }

  /** Only when brackets did not match: a `}` further left than the block began closes something else. */
  #closes(indent: number): boolean {
    const cursor = this.#cursor;
    return !(cursor.recovering && cursor.is(HclToken.closeBrace) && cursor.atLineStart && cursor.column < indent);
  }

  #blockItems(enclosing: Enclosing): HclItem[] {
    const cursor = this.#cursor;
    const before = this.#oneLine;
    this.#oneLine = !cursor.is(HclToken.newline);
    const items = this.#items(enclosing);
    const single = items.length === 1 && items[0]!.kind === 'attribute' && !cursor.atLineStart;
    if (this.#oneLine && items.length > 0 && !single) {
      const { open } = enclosing;
      cursor.problems.add('one-line-block', open, open + 1, 'A block on one line holds a single argument.');
    }
    this.#oneLine = before;
    return items;
  }

  #braceOnNextLine(): void {
    const cursor = this.#cursor;
    if (!cursor.within(false, () => cursor.is(HclToken.openBrace))) return;
    cursor.problem('missing-brace', 'The { must stand on the same line as the labels.');
    cursor.skipNewlines();
  }

  #label(): HclLabel {
    const cursor = this.#cursor;
    const { span } = cursor;
    if (cursor.is(HclToken.identifier)) {
      const value = cursor.word;
      cursor.next();
      return { value, span, nameSpan: span, quoted: false };
    }
    const template = parseHclTemplate(cursor, parseHclExpression);
    const [part, ...others] = template.parts;
    const { start, end } = template.span;
    if (others.length > 0 || (part && part.kind !== 'text')) {
      cursor.problems.add('template-in-label', start, end, 'A label may not hold a template sequence.');
    }
    const nameSpan = part
      ? { start: part.span.start, end: template.parts.at(-1)!.span.end }
      : { start: start + 1, end: start + 1 };
    return { value: part?.kind === 'text' ? part.value : '', span: template.span, nameSpan, quoted: true };
  }
}
