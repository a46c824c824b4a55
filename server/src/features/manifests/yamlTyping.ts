import type { SourceText, TextEdit } from '../../text/sourceText.ts';

const INDENT = '  ';
/** A key that nothing follows, so that its value goes on below. */
const OPEN_KEY = /^(\s*(?:- +)*)(?:[^\s#'"{[](?:(?!:\s)[^#])*?|"[^"]*"|'[^']*'):(?:\s+[&!]\S+)*\s*(?:#.*)?$/;
const BLOCK_TEXT = /^(\s*(?:- +)*)(?:[^#]*:\s+)?[|>][+-]?\d?[+-]?\s*(?:#.*)?$/;
/** An item whose first key stands behind its dash. */
const ITEM_WITH_KEY = /^(\s*(?:- +)+)(?:[^\s#'"{[][^#]*?|"[^"]*"|'[^']*'):(?:\s|$)/;

/**
 * The edits that follow what was typed in a YAML document before `offset`: after a line break the indentation that the
 * line above asks for (deeper behind an open key, level with the first key of a list item), for a closing bracket that
 * begins its line the place of the line that opened it, and for a dash below a key the column of the items above.
 */
export function yamlTyping(source: SourceText, offset: number, typed: string): TextEdit[] {
  switch (typed) {
    case '\n':
      return newLine(source, offset);
    case '}':
    case ']':
      return closing(source, offset, typed);
    case '-':
      return dash(source, offset);
    default:
      return [];
  }
}

function newLine(source: SourceText, offset: number): TextEdit[] {
  const line = source.lineAt(offset);
  if (line === 0) return [];
  const above = source.slice(source.lineSpan(line - 1));
  const here = source.lineSpan(line);
  const text = source.slice(here);
  const present = /^[ \t]*/.exec(text)![0];
  const rest = text.slice(present.length);
  // The cursor broke a line in two, or stands in a text of several lines: only what is new is indented.
  if (here.start + present.length < offset || rest.startsWith('#')) return [];
  const wanted = wantedIndent(source, line, above, rest);
  if (wanted === undefined || wanted === present) return [];
  return [{ uri: source.uri, span: { start: here.start, end: here.start + present.length }, newText: wanted }];
}

function wantedIndent(source: SourceText, line: number, above: string, rest: string): string | undefined {
  const block = BLOCK_TEXT.exec(above);
  if (block) return ' '.repeat(block[1]!.length) + INDENT;
  if (inBlockText(source, line - 1)) return undefined;
  const open = OPEN_KEY.exec(above);
  if (open) {
    const column = ' '.repeat(open[1]!.length);
    // Items may stand at the column of their key, as they do elsewhere in the file.
    return rest.startsWith('-') ? undefined : column + INDENT;
  }
  const item = ITEM_WITH_KEY.exec(above);
  if (item) return rest.startsWith('-') ? undefined : ' '.repeat(item[1]!.length);
  return undefined;
}

/** The line belongs to a text that a `|` or `>` began above it. */
function inBlockText(source: SourceText, line: number): boolean {
  let column = indentOf(source, line);
  for (let above = line - 1; above >= Math.max(0, line - 500) && column > 0; above--) {
    const text = source.slice(source.lineSpan(above));
    if (text.trim() === '') continue;
    const indent = indentOf(source, above);
    if (indent >= column) continue;
    column = indent;
    if (BLOCK_TEXT.test(text)) return true;
  }
  return false;
}

function closing(source: SourceText, offset: number, typed: '}' | ']'): TextEdit[] {
  const line = source.lineAt(offset);
  const { start } = source.lineSpan(line);
  const before = source.text.slice(start, offset);
  if (before.trim() !== typed) return [];
  const opener = typed === '}' ? '{' : '[';
  let depth = 0;
  for (let at = offset - 2; at >= Math.max(0, offset - 20_000); at--) {
    const character = source.text[at];
    if (character === typed) depth++;
    if (character !== opener) continue;
    if (depth > 0) {
      depth--;
      continue;
    }
    const wanted = ' '.repeat(indentOf(source, source.lineAt(at)));
    const present = before.slice(0, -1);
    if (wanted === present) return [];
    return [{ uri: source.uri, span: { start, end: start + present.length }, newText: wanted }];
  }
  return [];
}

/** A dash that begins a line too deep or too shallow by a column or so joins the items of the list above. */
function dash(source: SourceText, offset: number): TextEdit[] {
  const line = source.lineAt(offset);
  const { start } = source.lineSpan(line);
  const before = source.text.slice(start, offset);
  if (before.trim() !== '-' || inBlockText(source, line)) return [];
  const present = before.length - 1;
  for (let above = line - 1; above >= Math.max(0, line - 200); above--) {
    const text = source.slice(source.lineSpan(above));
    if (text.trim() === '' || text.trimStart().startsWith('#')) continue;
    const indent = indentOf(source, above);
    if (/^\s*- /.test(text) && Math.abs(indent - present) === 1) {
      return [{ uri: source.uri, span: { start, end: start + present }, newText: ' '.repeat(indent) }];
    }
    if (indent <= present) return [];
  }
  return [];
}

function indentOf(source: SourceText, line: number): number {
  return /^ */.exec(source.slice(source.lineSpan(line)))![0].length;
}
