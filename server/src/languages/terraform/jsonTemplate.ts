import type { Node } from 'jsonc-parser';
import type { SourceText, Span } from '../../text/sourceText.ts';
import { HclCursor } from './hclCursor.ts';
import { HclProblems } from './hclProblems.ts';
import type { HclExpression, HclTemplate } from './hclSyntax.ts';
import { parseHclExpression } from './parseHclExpression.ts';
import { parseHclTemplate } from './parseHclTemplate.ts';
import { tokenizeHcl } from './tokenizeHcl.ts';

/** A string of JSON whose text is read as it stands. */
export function literalOf(node: Node): HclTemplate {
  const span = { start: node.offset, end: node.offset + node.length };
  const value = String(node.value);
  const inner = { start: span.start + 1, end: Math.max(span.start + 1, span.end - 1) };
  return { kind: 'template', span, parts: value === '' ? [] : [{ kind: 'text', span: inner, value }], heredoc: false };
}

/** A string of JSON as Terraform reads it where an expression stands: a template, or the one expression that is all of it. */
export function templateOf(source: SourceText, node: Node, problems: HclProblems): HclExpression {
  const value = String(node.value);
  if (!/[$%]\{/.test(value)) return literalOf(node);
  // The quotes within a text of JSON end nothing. So it is a heredoc, but for the line break at its end.
  let marker = 'END';
  while (value.includes(marker)) marker += '_';
  const head = `<<${marker}\n`;
  const found = new HclProblems();
  const text = `${head}${value}\n${marker}\n`;
  const cursor = new HclCursor(text, tokenizeHcl(text, found), found, false);
  const template = parseHclTemplate(cursor, parseHclExpression);
  const parts = template.parts.slice();
  const last = parts.at(-1);
  if (last?.kind === 'text') {
    parts.pop();
    if (last.value !== '\n') parts.push({ ...last, value: last.value.replace(/\n$/, '') });
  }
  const place = placesOf(source, node, head.length);
  for (const { code, span, message } of found.sorted()) {
    const isOpen = code === 'unclosed-heredoc';
    const shown = isOpen ? 'This text ends within a template sequence.' : message;
    problems.add(isOpen ? 'unclosed-sequence' : code, place(span.start), place(span.end), shown);
  }
  const [only] = parts;
  if (parts.length === 1 && only?.kind === 'interpolation') return moved(only.value, place);
  const span = { start: node.offset, end: node.offset + node.length };
  return { kind: 'template', span, parts: moved(parts, place), heredoc: false };
}

/** A string of JSON that holds an expression of the native syntax: a type, or the address of something. */
export function expressionIn(source: SourceText, node: Node, problems: HclProblems): HclExpression {
  const value = String(node.value);
  const found = new HclProblems();
  const cursor = new HclCursor(value, tokenizeHcl(value, found), found, false);
  const expression = parseHclExpression(cursor);
  const place = placesOf(source, node, 0);
  for (const { code, span, message } of found.sorted()) {
    problems.add(code, place(span.start), place(span.end), message);
  }
  return moved(expression, place);
}

/** Where each character of a string's value was written, which escapes push apart. */
function placesOf(source: SourceText, node: Node, before: number): (offset: number) => number {
  const start = node.offset + 1;
  const end = Math.max(start, node.offset + node.length - 1);
  const raw = source.text.slice(start, end);
  const inside = (offset: number): number => Math.max(start, Math.min(end, start + offset - before));
  if (!raw.includes('\\')) return inside;
  const starts: number[] = [];
  for (const match of raw.matchAll(/\\u[\dA-Fa-f]{4}|\\?[\s\S]/g)) starts.push(start + match.index);
  return (offset) => (offset < before ? start : (starts[offset - before] ?? end));
}

/** Puts all spans of a syntax tree, which nobody else holds, at their places in the document. Chains may be long. */
function moved<T extends object>(tree: T, place: (offset: number) => number): T {
  const seen = new Set<object>([tree]);
  const pending: Record<string, unknown>[] = [tree as Record<string, unknown>];
  for (let node = pending.pop(); node; node = pending.pop()) {
    for (const name of Object.keys(node)) {
      const value = node[name];
      if (typeof value !== 'object' || value === null) continue;
      if (isSpan(value)) node[name] = { start: place(value.start), end: place(value.end) };
      else if (!seen.has(value)) {
        seen.add(value);
        pending.push(value as Record<string, unknown>);
      }
    }
  }
  return tree;
}

/** Nodes of a syntax tree have a kind, and spans have not. */
function isSpan(value: object): value is Span {
  return 'start' in value && !('kind' in value);
}
