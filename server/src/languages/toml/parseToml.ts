import { type AST, ParseError, parseTOML } from 'toml-eslint-parser';
import { type RawNode, SourceNode } from '../../text/sourceNode.ts';
import type { SourceText, Span } from '../../text/sourceText.ts';
import type { SyntaxProblem } from '../language.ts';

/** A TOML 1.0 document as the tree that rules read. */
export interface TomlTree {
  readonly root: SourceNode;
  readonly problems: readonly SyntaxProblem[];
}

/** Lines that are half typed are left out one by one; a file with more of them is left unread. */
const MOST_FAULTS = 20;
/** A larger file is a lock or data, nothing that a person edits. */
const LONGEST = 1_000_000;

/**
 * Reads a TOML document. Tables become maps wherever they are written, arrays of tables become lists. A line that is no
 * TOML is reported and left out, and the tables of the document are then open: something may stand there. Never throws.
 */
export function parseToml(source: SourceText): TomlTree {
  const unread = (): RawNode => ({ kind: 'unknown', start: 0, end: source.text.length });
  if (source.text.length > LONGEST) return { root: new SourceNode(source, unread()), problems: [] };
  // The parser counts a byte order mark as a character that is not allowed.
  let text = source.text.replace(/^\ufeff/, ' ');
  const problems: SyntaxProblem[] = [];
  for (let fault = 0; fault <= MOST_FAULTS; fault++) {
    try {
      const [table] = parseTOML(text, { tomlVersion: '1.0' }).body;
      return { root: new SourceNode(source, new TableReader(table, problems.length > 0).root()), problems };
    } catch (error) {
      if (!(error instanceof ParseError)) break;
      const span = faultyLine(source, text, error);
      // Only the first: what follows may be its consequence.
      if (problems.length === 0) {
        problems.push({
          span: error.index >= span.start && error.index < span.end ? { start: error.index, end: span.end } : span,
          code: 'toml',
          message: `This is no TOML: ${error.message}`,
          severity: 'error',
        });
      }
      const blanked = text.slice(0, span.start) + ' '.repeat(span.end - span.start) + text.slice(span.end);
      if (blanked === text) break;
      text = blanked;
    }
  }
  return { root: new SourceNode(source, unread()), problems };
}

/** The parser speaks of what follows a half-typed line; a key that stands twice is at its own place. */
function faultyLine(source: SourceText, text: string, error: ParseError): Span {
  const offset = Math.min(error.index, text.length);
  let line = source.lineAt(offset);
  const span = source.lineSpan(line);
  const isFirst = text.slice(span.start, offset).trim() === '';
  if (!isFirst || /multiple times/.test(error.message)) return span;
  while (line > 0 && text.slice(source.lineSpan(line - 1).start, source.lineSpan(line - 1).end).trim() === '') line--;
  return line > 0 ? source.lineSpan(line - 1) : span;
}

/** A collection that is being put together from the tables that write it. */
interface Draft {
  readonly isDraft: true;
  readonly kind: 'map' | 'list';
  start: number;
  end: number;
  key?: { readonly name: string; readonly start: number; readonly end: number };
  readonly children: (Draft | RawNode)[];
}

class TableReader {
  readonly #table: AST.TOMLTopLevelTable;
  readonly #open: boolean;
  readonly #root: Draft;

  constructor(table: AST.TOMLTopLevelTable, open: boolean) {
    this.#table = table;
    this.#open = open;
    this.#root = { isDraft: true, kind: 'map', start: table.range[0], end: table.range[1], children: [] };
  }

  root(): RawNode {
    for (const item of this.#table.body) {
      if (item.type === 'TOMLKeyValue') this.#put(this.#root, item);
      else this.#section(item);
    }
    return this.#finished(this.#root);
  }

  #section(table: AST.TOMLTable): void {
    let target = this.#root;
    const keys = table.key.keys;
    let written = 0;
    table.resolvedKey.forEach((segment, index) => {
      const isLast = index === table.resolvedKey.length - 1;
      if (typeof segment === 'number') {
        const item = target.children[segment] as Draft | undefined;
        if (item) target = item;
        else {
          const added: Draft = { isDraft: true, kind: 'map', start: table.range[0], end: table.range[1], children: [] };
          target.children.push(added);
          target = added;
        }
        return;
      }
      const kind = typeof table.resolvedKey[index + 1] === 'number' ? 'list' : 'map';
      target = this.#member(target, keys[written++]!, kind, isLast || kind === 'list' ? table.range : undefined);
    });
    for (const item of table.body) this.#put(target, item);
  }

  /** The member of a map under a key, made where it is not there. */
  #member(map: Draft, key: AST.TOMLBare | AST.TOMLQuoted, kind: Draft['kind'], range: AST.Range | undefined): Draft {
    const name = nameOf(key);
    const known = map.children.find((child): child is Draft => isDraft(child) && child.key?.name === name);
    if (known) {
      if (range) known.end = Math.max(known.end, range[1]);
      return known;
    }
    const [start, end] = range ?? key.range;
    const added: Draft = {
      isDraft: true,
      kind,
      start,
      end,
      key: { name, start: key.range[0], end: key.range[1] },
      children: [],
    };
    map.children.push(added);
    return added;
  }

  #put(map: Draft, { key, value }: AST.TOMLKeyValue): void {
    let target = map;
    for (const segment of key.keys.slice(0, -1)) target = this.#member(target, segment, 'map', undefined);
    const last = key.keys.at(-1)!;
    target.children.push({ ...this.#value(value), key: nameOf(last), keyStart: last.range[0], keyEnd: last.range[1] });
  }

  #value(node: AST.TOMLContentNode): RawNode {
    const [start, end] = node.range;
    switch (node.type) {
      case 'TOMLArray':
        return { kind: 'list', start, end, flow: true, children: node.elements.map((element) => this.#value(element)) };
      case 'TOMLInlineTable': {
        const draft: Draft = { isDraft: true, kind: 'map', start, end, children: [] };
        for (const item of node.body) this.#put(draft, item);
        return { ...this.#finished(draft), flow: true };
      }
      case 'TOMLValue':
        if (node.kind === 'string') return { kind: 'scalar', start, end, scalar: node.value, quoted: true };
        if (node.kind === 'integer' || node.kind === 'float' || node.kind === 'boolean')
          return { kind: 'scalar', start, end, scalar: node.value };
        return { kind: 'scalar', start, end, scalar: node.datetime };
    }
  }

  #finished({ kind, start, end, key, children }: Draft): RawNode {
    return {
      kind,
      start,
      end,
      ...(key && { key: key.name, keyStart: key.start, keyEnd: key.end }),
      ...(this.#open && { open: true }),
      children: children.map((child) => (isDraft(child) ? this.#finished(child) : child)),
    };
  }
}

function isDraft(child: Draft | RawNode): child is Draft {
  return 'isDraft' in child;
}

function nameOf(key: AST.TOMLBare | AST.TOMLQuoted): string {
  return key.type === 'TOMLBare' ? key.name : key.value;
}
