import { parseYaml } from '../../languages/yaml/yamlFile.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { applyEdits, SourceText, type TextEdit } from '../../text/sourceText.ts';

/**
 * The edits that bring a YAML text into its usual form: entries indented by `indent`, one blank behind dashes and colons,
 * no blanks at line ends, at most one blank line in a row, a line break at the end. Whether items stand below or right of
 * their key, how values are quoted, and comments stay as they are. None where the text cannot be read, is a template, or
 * would come to mean something else.
 */
export function formatYaml(source: SourceText, indent: string): readonly TextEdit[] {
  const before = parseYaml(source, false);
  if (before.problems.length > 0 || before.roots.length === 0) return [];
  const plan = new LinePlan(source);
  for (const root of before.roots) plan.place(root, 0, /^ +$/.test(indent) ? indent.length : 2);
  const edits = plan.edits();
  if (edits.length === 0) return [];
  const after = parseYaml(new SourceText(source.uri, applyEdits(source.text, edits)), false);
  const isSame = after.problems.length === 0 && meaningOf(after.roots) === meaningOf(before.roots);
  return isSame && comments(after.source.text) === comments(source.text) ? edits : [];
}

function meaningOf(roots: readonly SourceNode[]): string {
  return JSON.stringify(roots.map(({ value }) => value));
}

/** A proof that no comment was lost or became text. */
function comments(text: string): number {
  return text.split('#').length;
}

/** What each line is to begin with, collected from the tree. */
class LinePlan {
  readonly #source: SourceText;
  /** The column of the first key, dash or value of a line. */
  readonly #columns = new Map<number, number>();
  /** Lines of a text that goes on from the line above, and the line where it begins. */
  readonly #textLines = new Map<number, number>();
  /** Blanks behind dashes and colons. */
  readonly #gaps: TextEdit[] = [];

  constructor(source: SourceText) {
    this.#source = source;
  }

  /** Puts a node whose first character is to stand in `column`. */
  place(node: SourceNode, column: number, unit: number): void {
    if (node.kind === 'map' && !node.flow) {
      for (const entry of node.entries) this.#entry(entry, column, unit);
    } else if (node.kind === 'list' && !node.flow) {
      for (const item of node.items) this.#item(item, column, unit);
    } else {
      this.#text(node);
    }
  }

  #entry(entry: SourceNode, column: number, unit: number): void {
    const { keySpan } = entry;
    if (!keySpan) return;
    const key = this.#lineOf(keySpan.start);
    if (this.#isFirst(keySpan.start)) this.#columns.set(key, column);
    if (entry.kind === 'map' || entry.kind === 'list') {
      if (entry.flow) {
        this.#gap(keySpan.end, entry.span.start);
        this.#text(entry);
        return;
      }
      const first = entry.kind === 'list' ? this.#dashOf(entry.items[0]) : entry.entries[0]?.keySpan?.start;
      if (first === undefined || this.#lineOf(first) === key) return;
      const isFlat = entry.kind === 'list' && this.#columnOf(first) <= this.#columnOf(keySpan.start);
      this.place(entry, isFlat ? column : column + unit, unit);
      return;
    }
    if (this.#lineOf(entry.span.start) === key) this.#gap(keySpan.end, entry.span.start);
    else if (this.#isFirst(entry.span.start)) this.#columns.set(this.#lineOf(entry.span.start), column + unit);
    this.#text(entry, key);
  }

  #item(item: SourceNode, column: number, unit: number): void {
    const dash = this.#dashOf(item);
    if (dash === undefined) return;
    if (this.#isFirst(dash)) this.#columns.set(this.#lineOf(dash), column);
    const content = item.entries[0]?.keySpan?.start ?? this.#dashOf(item.items[0]) ?? item.span.start;
    const isBelow = this.#lineOf(content) !== this.#lineOf(dash);
    if (!isBelow) this.#blanks(dash + 1, content);
    this.place(item, column + (isBelow ? unit : 2), unit);
    if (item.kind === 'scalar') this.#text(item, this.#lineOf(dash));
  }

  /** The dash before an item: nothing but blanks, comments, anchors and tags stand between. */
  #dashOf(item: SourceNode | undefined): number | undefined {
    if (!item) return undefined;
    const { text } = this.#source;
    const content = item.entries[0]?.keySpan?.start ?? item.span.start;
    const line = this.#source.lineSpan(this.#lineOf(content)).start;
    const before = text.slice(line, content);
    const own = /^(\s*(?:- +)*)- +(?:[&!]\S+\s+)*$/.exec(before);
    if (own) return line + own[1]!.length;
    // A list in a list: the inner dash is the item's own.
    const inner = item.kind === 'list' ? /^(\s*(?:- +)*?)- +$/.exec(before) : null;
    return inner ? line + inner[1]!.length : undefined;
  }

  /** Every further line of a value moves with the line on which it begins. */
  #text(node: SourceNode, from = this.#lineOf(node.span.start)): void {
    const last = this.#lineOf(Math.max(node.span.start, node.span.end - 1));
    for (let line = from + 1; line <= last; line++) if (!this.#columns.has(line)) this.#textLines.set(line, from);
  }

  #gap(keyEnd: number, valueStart: number): void {
    const colon = this.#source.text.indexOf(':', keyEnd);
    if (colon < 0 || colon >= valueStart) return;
    this.#blanks(colon + 1, valueStart);
  }

  /** One blank, where nothing but blanks stands between. */
  #blanks(start: number, end: number): void {
    const between = this.#source.text.slice(start, end);
    if (between === ' ' || !/^[ ]+$/.test(between)) return;
    this.#gaps.push({ uri: this.#source.uri, span: { start, end }, newText: ' ' });
  }

  edits(): TextEdit[] {
    const { text, uri } = this.#source;
    const edits: TextEdit[] = [...this.#gaps];
    const count = this.#source.lineStarts.length;
    const shifts = this.#shifts(count);
    let blankLines = 0;
    for (let line = 0; line < count; line++) {
      const { start, end } = this.#source.lineSpan(line);
      const isText = this.#textLines.has(line);
      const content = text.slice(start, end);
      const next = this.#source.lineStarts[line + 1] ?? end;
      if (content.trim() === '' && !isText) {
        blankLines++;
        // The last line has no line break of its own to lose.
        if (blankLines > 1 && next > end) edits.push({ uri, span: { start, end: next }, newText: '' });
        else if (content !== '') edits.push({ uri, span: { start, end }, newText: '' });
        continue;
      }
      blankLines = 0;
      const indent = /^ */.exec(content)![0].length;
      const wanted = Math.max(0, indent + (shifts[line] ?? 0));
      if (wanted !== indent && content.trim() !== '')
        edits.push({ uri, span: { start, end: start + indent }, newText: ' '.repeat(wanted) });
      const kept = content.trimEnd().length;
      const goesOn = isText || this.#textLines.get(line + 1) === line;
      if (kept < content.length && !goesOn) edits.push({ uri, span: { start: start + kept, end }, newText: '' });
      if (next === end && end > start && line === count - 1)
        edits.push({ uri, span: { start: end, end }, newText: this.#source.lineBreak });
    }
    return edits;
  }

  /** By how much each line moves: as the tree says, with the line where a text begins, or with the next line for comments. */
  #shifts(count: number): readonly number[] {
    const shifts: number[] = [];
    for (const [line, column] of this.#columns) shifts[line] = column - this.#indentOf(line);
    for (const [line, from] of [...this.#textLines].sort(([a], [b]) => a - b)) shifts[line] = shifts[from] ?? 0;
    let below: { readonly indent: number; readonly shift: number } | undefined;
    for (let line = count - 1; line >= 0; line--) {
      const content = this.#source.slice(this.#source.lineSpan(line));
      if (content.trim() === '') continue;
      const indent = this.#indentOf(line);
      if (shifts[line] !== undefined) below = { indent, shift: shifts[line]! };
      else if (content.trimStart().startsWith('#') && below && below.indent === indent) shifts[line] = below.shift;
    }
    return shifts;
  }

  #lineOf(offset: number): number {
    return this.#source.lineAt(offset);
  }

  #indentOf(line: number): number {
    return /^ */.exec(this.#source.slice(this.#source.lineSpan(line)))![0].length;
  }

  #columnOf(offset: number): number {
    return offset - this.#source.lineSpan(this.#lineOf(offset)).start;
  }

  #isFirst(offset: number): boolean {
    const { start } = this.#source.lineSpan(this.#lineOf(offset));
    return this.#source.text.slice(start, offset).trim() === '';
  }
}
