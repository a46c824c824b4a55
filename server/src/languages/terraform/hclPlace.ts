import type { Span } from '../../text/sourceText.ts';
import type { HclBlock, HclBody, HclFile, HclObject, HclTuple } from './hclSyntax.ts';
import { HclToken } from './hclTokens.ts';
import { plainText } from './terraformModule.ts';
import { pathAt } from './walkHcl.ts';

/** What may be written at a cursor, as far as the syntax tells. */
export type HclPlace =
  | {
      /** The name of an argument or block, or a key of an object. */
      readonly kind: 'name';
      readonly blocks: readonly HclBlock[];
      /** The argument, and the keys below it, whose object holds the cursor; empty in a body. */
      readonly keys: readonly string[];
      readonly span: Span;
      /** A value, a label or a body follows already. */
      readonly hasRest: boolean;
      /** The names that stand there already, the one at the cursor left out. */
      readonly present: ReadonlySet<string>;
    }
  | {
      readonly kind: 'label';
      readonly blocks: readonly HclBlock[];
      readonly type: string;
      /** The labels before this one. */
      readonly before: readonly string[];
      /** Between the quotes. */
      readonly span: Span;
      /** From there to the end of the line, where nothing else follows. */
      readonly toLineEnd: Span | undefined;
      readonly quoted: boolean;
    }
  | {
      readonly kind: 'value';
      readonly blocks: readonly HclBlock[];
      /** The argument and the keys below it. */
      readonly keys: readonly string[];
      /** The word, or the text between the quotes. */
      readonly span: Span;
      readonly quoted: boolean;
    };

/** The place at an offset; undefined in comments, in templates and within expressions. */
export function hclPlaceAt(file: HclFile, offset: number): HclPlace | undefined {
  const typed = typedAt(file, offset);
  if (!typed) return undefined;
  const { tokens } = file;
  const { first, span, quoted } = typed;
  const before = tokens.kind(first - 1);
  const at = tokens.start(first) < offset ? tokens.start(first) : offset;
  if (first === 0 || before === HclToken.newline || before === HclToken.openBrace) {
    return nameAt(file, offset, span, quoted);
  }
  if (before === HclToken.assign || before === HclToken.colon) {
    const key = keyBefore(file, first - 1);
    if (!key) return undefined;
    const { blocks, keys } = containerAt(file, key.start);
    return { kind: 'value', blocks, keys: [...keys, key.name], span, quoted };
  }
  if (before === HclToken.openBracket || before === HclToken.comma) {
    const path = pathAt(file.body, at);
    const holder = path.findLast((node) => node.kind !== 'missing' && node.span.start < at && HOLDERS.has(node.kind));
    if (holder?.kind === 'tuple') {
      const { blocks, keys } = containerAt(file, at, holder);
      return keys.length > 0 ? { kind: 'value', blocks, keys, span, quoted } : undefined;
    }
    return holder?.kind === 'object' && before === HclToken.comma ? nameAt(file, offset, span, quoted) : undefined;
  }
  return labelAt(file, offset, first, span, quoted);
}

/** The blocks that hold an offset, outermost first. An unclosed block goes on to the next one. */
export function blocksAt(file: HclFile, offset: number): readonly HclBlock[] {
  const blocks: HclBlock[] = [];
  let body: HclBody = file.body;
  for (;;) {
    const { items } = body;
    const next = items.find(
      (item, index): item is HclBlock =>
        item.kind === 'block' &&
        item.body.span.start <= offset &&
        (offset <= item.body.span.end ||
          (item.unclosed && offset < (items[index + 1]?.span.start ?? Number.POSITIVE_INFINITY))),
    );
    if (!next) return blocks;
    blocks.push(next);
    body = next.body;
  }
}

/** The blocks and, within an argument, the keys that lead to an offset; `until` ends the way at one collection. */
export function containerAt(
  file: HclFile,
  offset: number,
  until?: HclTuple | HclObject,
): { readonly blocks: readonly HclBlock[]; readonly keys: readonly string[] } {
  const blocks = blocksAt(file, offset);
  const keys: string[] = [];
  for (const node of pathAt(blocks.at(-1)?.body ?? file.body, offset)) {
    if (node === until && node.kind === 'tuple') break;
    if (node.kind === 'attribute' && offset > node.nameSpan.end) keys.push(node.name);
    if (node.kind === 'object' && offset > node.span.start) {
      const entry = node.entries.find(({ span, key }) => key.span.end < offset && offset <= span.end);
      const name = entry && (entry.key.kind === 'variable' ? entry.key.name : plainText(entry.key));
      if (name !== undefined) keys.push(name);
    }
    if (node.kind === 'call' || node.kind === 'for') return { blocks, keys: [] };
  }
  return { blocks, keys };
}

const HOLDERS: ReadonlySet<string> = new Set(['body', 'object', 'tuple', 'call', 'for', 'template', 'parentheses']);

interface Typed {
  /** Index of the first token of what is typed; of the token that follows the cursor where nothing is. */
  readonly first: number;
  readonly span: Span;
  readonly quoted: boolean;
}

/** The word or the quoted text at the cursor; undefined within a comment, a template or another token. */
function typedAt(file: HclFile, offset: number): Typed | undefined {
  const { tokens } = file;
  let index = tokens.indexAt(offset);
  while (index >= 0 && tokens.start(index) >= offset) index--;
  const kind = index < 0 ? HclToken.newline : tokens.kind(index);
  const touches = index >= 0 && tokens.end(index) >= offset;
  if (kind === HclToken.comment && touches && file.source.text[tokens.end(index) - 1] !== '\n') return undefined;
  if (kind === HclToken.identifier && touches) {
    return { first: index, span: { start: tokens.start(index), end: tokens.end(index) }, quoted: false };
  }
  if (kind === HclToken.openQuote) {
    const next = index + 1;
    const end = tokens.kind(next) === HclToken.quotedText ? tokens.end(next) : offset;
    const isPlain = tokens.kind(next) === HclToken.closeQuote || tokens.kind(next + 1) === HclToken.closeQuote;
    return isPlain || end === offset
      ? { first: index, span: { start: tokens.end(index), end }, quoted: true }
      : undefined;
  }
  if (kind === HclToken.quotedText && touches) {
    if (tokens.kind(index - 1) !== HclToken.openQuote || !endsPlain(file, index + 1)) return undefined;
    return { first: index - 1, span: { start: tokens.start(index), end: tokens.end(index) }, quoted: true };
  }
  if (touches && tokens.end(index) > offset) return undefined;
  return { first: index + 1, span: { start: offset, end: offset }, quoted: false };
}

function endsPlain({ tokens }: HclFile, index: number): boolean {
  const kind = tokens.kind(index);
  return kind === HclToken.closeQuote || kind === HclToken.newline || kind === HclToken.endOfFile;
}

function nameAt(file: HclFile, offset: number, span: Span, quoted: boolean): HclPlace | undefined {
  const { tokens } = file;
  const blocks = blocksAt(file, offset);
  const body = blocks.at(-1)?.body ?? file.body;
  const holder = pathAt(body, offset).findLast(
    (node) => HOLDERS.has(node.kind) && node.span.start < Math.max(offset, 1),
  );
  let following = tokens.indexAt(span.end);
  while (tokens.kind(following) !== HclToken.endOfFile && tokens.start(following) < span.end) following++;
  const hasRest = FOLLOWS_NAME.has(tokens.kind(following));
  if (holder?.kind === 'object') {
    const { keys } = containerAt(file, offset);
    const present = new Set<string>();
    for (const { key } of holder.entries) {
      const name = key.kind === 'variable' ? key.name : plainText(key);
      if (name !== undefined && !(key.span.start <= offset && offset <= key.span.end)) present.add(name);
    }
    return { kind: 'name', blocks, keys, span, hasRest, present };
  }
  if (quoted || (holder && holder.kind !== 'body')) return undefined;
  const present = new Set(
    body.items.flatMap((item) => {
      const name = item.kind === 'block' ? item.type : item.name;
      const nameSpan = item.kind === 'block' ? item.typeSpan : item.nameSpan;
      return nameSpan.start <= offset && offset <= nameSpan.end ? [] : [name];
    }),
  );
  return { kind: 'name', blocks, keys: [], span, hasRest, present };
}

const FOLLOWS_NAME: ReadonlySet<number> = new Set([
  HclToken.assign,
  HclToken.openBrace,
  HclToken.openQuote,
  HclToken.colon,
]);

function labelAt(file: HclFile, offset: number, first: number, span: Span, quoted: boolean): HclPlace | undefined {
  const { tokens, source } = file;
  const before: string[] = [];
  let index = first - 1;
  for (; index >= 0; index--) {
    const kind = tokens.kind(index);
    if (kind === HclToken.closeQuote) {
      const text = tokens.kind(index - 1) === HclToken.quotedText;
      before.unshift(text ? source.text.slice(tokens.start(index - 1), tokens.end(index - 1)) : '');
      index -= text ? 2 : 1;
    } else break;
  }
  if (index < 0 || tokens.kind(index) !== HclToken.identifier) return undefined;
  const isFirst = index === 0 || [HclToken.newline, HclToken.openBrace].includes(tokens.kind(index - 1) as never);
  if (!isFirst) return undefined;
  const type = source.text.slice(tokens.start(index), tokens.end(index));
  const blocks = blocksAt(file, tokens.start(index));
  const line = source.lineSpan(source.lineAt(offset));
  const rest = source.text.slice(span.end, line.end).trimEnd();
  const isLast = rest === '' || rest === '"';
  return {
    kind: 'label',
    blocks,
    type,
    before,
    span,
    toLineEnd: isLast ? { start: span.start, end: span.end + rest.length } : undefined,
    quoted,
  };
}

/** The name before `=` or `:`. */
function keyBefore(file: HclFile, assign: number): { name: string; start: number } | undefined {
  const { tokens, source } = file;
  const index = assign - 1;
  if (tokens.kind(index) === HclToken.identifier) {
    return { name: source.text.slice(tokens.start(index), tokens.end(index)), start: tokens.start(index) };
  }
  if (tokens.kind(index) !== HclToken.closeQuote || tokens.kind(index - 1) !== HclToken.quotedText) return undefined;
  const start = tokens.start(index - 1);
  return { name: source.text.slice(start, tokens.end(index - 1)), start };
}
