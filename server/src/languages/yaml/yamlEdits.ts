import { stringify } from 'yaml';
import type { PathSegment, SourceNode } from '../../text/sourceNode.ts';
import type { TextEdit } from '../../text/sourceText.ts';

/** Replaces the value of a node by other YAML text, e.g. a number or a quoted string; comments behind it stay. */
export function replaceValue(node: SourceNode, newText: string): TextEdit {
  if (node.keySpan && node.span.start === node.span.end) {
    return {
      uri: node.source.uri,
      span: { start: node.keySpan.end + 1, end: node.keySpan.end + 1 },
      newText: ` ${newText}`,
    };
  }
  // The span of a block collection or block scalar reaches over the line break behind it, which must stay.
  const { start, end } = node.span;
  const kept = /\s*$/.exec(node.source.text.slice(start, end))![0].length;
  return { uri: node.source.uri, span: { start, end: end - kept }, newText };
}

/** Renames the key of a map entry. */
export function renameKey(node: SourceNode, newText: string): TextEdit[] {
  return node.keySpan ? [{ uri: node.source.uri, span: node.keySpan, newText }] : [];
}

/**
 * Writes `value` at `path` below `node`, making the maps on the way that are missing. An existing value is replaced.
 * New entries go behind the last one of their map, indented like their neighbours. Nothing is written into flow
 * collections that span lines differently than block style would: they are extended on their line.
 */
export function setValue(node: SourceNode, path: readonly PathSegment[], value: unknown): TextEdit[] {
  const at = node.nearest(...path);
  const rest = path.slice(depthBetween(node, at));
  if (rest.length === 0)
    return [replaceValue(at, at.flow || !isCollection(value) ? inline(value) : asBlock(at, value))];
  const nested = rest.slice(1).reduceRight<unknown>((inner, segment) => ({ [segment]: inner }), value);
  return [addEntry(at, String(rest[0]), nested)];
}

/** Adds `key: value` behind the last entry of a map, or gives a null value its first entry. */
export function addEntry(map: SourceNode, key: string, value: unknown): TextEdit {
  const { source } = map;
  if (map.flow) return addToFlow(map, `${key}: ${inline(value)}`);
  const own = ownEntries(map);
  if (map.kind !== 'map' || own.length === 0) {
    const indent = `${lineIndent(map, map.keySpan?.start ?? map.span.start)}  `;
    const offset = map.keySpan ? map.keySpan.end + 1 : map.span.start;
    return {
      uri: source.uri,
      span: { start: offset, end: Math.max(offset, map.span.end) },
      newText: source.lineBreak + block({ [key]: value }, indent, source.lineBreak),
    };
  }
  const indent = ' '.repeat(columnOf(own[0]!, own[0]!.keySpan?.start ?? map.span.start));
  const offset = endOfLine(own.at(-1)!);
  return {
    uri: source.uri,
    span: { start: offset, end: offset },
    newText: source.lineBreak + block({ [key]: value }, indent, source.lineBreak),
  };
}

/** Adds an item behind the last one of a list. */
export function addItem(list: SourceNode, value: unknown): TextEdit {
  const { source } = list;
  const last = ownEntries(list).at(-1);
  if (list.flow || !last) return addToFlow(list, inline(value));
  const dash = source.text.lastIndexOf('-', last.span.start - 1);
  const indent = ' '.repeat(columnOf(list, dash));
  const offset = endOfLine(last);
  return {
    uri: source.uri,
    span: { start: offset, end: offset },
    newText: source.lineBreak + block([value], indent, source.lineBreak),
  };
}

/** Removes a map entry or list item with its lines. The last entry of a block map leaves its key without a value. */
export function removeEntry(node: SourceNode): TextEdit {
  const { source, parent } = node;
  const own = node.keySpan?.start ?? source.text.lastIndexOf('-', node.span.start - 1);
  if (parent?.flow) return removeFromFlow(node, parent, node.keySpan?.start ?? node.span.start);
  const end = endOfLine(node);
  const siblings = parent ? ownEntries(parent) : [];
  const first = siblings[0] === node;
  const lineStart = source.lineSpan(source.lineAt(own)).start;
  const startsLine = source.text.slice(lineStart, own).trim() === '';
  if (!startsLine && first && siblings.length > 1) {
    // `- name: x` loses its first entry: the next one takes its place behind the dash.
    const next = siblings[1]!;
    return { uri: source.uri, span: { start: own, end: next.keySpan?.start ?? next.span.start }, newText: '' };
  }
  const start = startsLine ? lineStart : own;
  const breakEnd = startsLine ? afterLineBreak(source.text, end) : end;
  return { uri: source.uri, span: { start, end: breakEnd }, newText: '' };
}

function removeFromFlow(node: SourceNode, parent: SourceNode, start: number): TextEdit {
  const entries = ownEntries(parent);
  const index = entries.indexOf(node);
  const next = entries[index + 1];
  const previous = entries[index - 1];
  if (next) return { uri: node.source.uri, span: { start, end: next.keySpan?.start ?? next.span.start }, newText: '' };
  return { uri: node.source.uri, span: { start: previous?.span.end ?? start, end: node.span.end }, newText: '' };
}

/** The entries that stand in the text of their collection; those of a built one may come from other files. */
function ownEntries(node: SourceNode): readonly SourceNode[] {
  return node.entries.every(({ source }) => source === node.source)
    ? node.entries
    : node.entries.filter(({ source }) => source === node.source);
}

function addToFlow(collection: SourceNode, text: string): TextEdit {
  const { source, span } = collection;
  const last = ownEntries(collection).at(-1);
  if (last) return { uri: source.uri, span: { start: last.span.end, end: last.span.end }, newText: `, ${text}` };
  const close = Math.max(span.start + 1, span.end - 1);
  const spaced = source.text[span.start] === '{' ? ` ${text} ` : text;
  return { uri: source.uri, span: { start: span.start + 1, end: close }, newText: spaced };
}

function inline(value: unknown): string {
  if (typeof value !== 'object' || value === null) return stringify(value, { lineWidth: 0, version: '1.1' }).trimEnd();
  return stringify(value, {
    collectionStyle: 'flow',
    flowCollectionPadding: true,
    lineWidth: 0,
    version: '1.1',
  }).trimEnd();
}

function block(value: unknown, indent: string, lineBreak: string): string {
  const lines = stringify(value, { lineWidth: 0, version: '1.1' }).trimEnd().split('\n');
  return lines.map((line) => (line === '' ? line : indent + line)).join(lineBreak);
}

function asBlock(node: SourceNode, value: unknown): string {
  const indent = `${lineIndent(node, node.keySpan?.start ?? node.span.start)}  `;
  if (node.kind === 'map' || node.kind === 'list')
    return block(value, ' '.repeat(columnOf(node, node.span.start)), node.source.lineBreak).trimStart();
  return node.source.lineBreak + block(value, indent, node.source.lineBreak);
}

function isCollection(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

function depthBetween(ancestor: SourceNode, node: SourceNode): number {
  let depth = 0;
  for (let at: SourceNode | undefined = node; at && at !== ancestor; at = at.parent) depth++;
  return depth;
}

function columnOf(node: SourceNode, offset: number): number {
  return node.source.positionAt(offset).character;
}

/** The column at which the entries of this node's line start, dashes counted as indentation. */
function lineIndent(node: SourceNode, offset: number): string {
  return ' '.repeat(columnOf(node, offset));
}

/** The end of the last line that belongs to a node, its trailing comment included, its line break not. */
function endOfLine(node: SourceNode): number {
  const { source } = node;
  let end = Math.max(node.span.end, node.keySpan?.end ?? 0);
  for (const last of descendLast(node)) end = Math.max(end, last.span.end);
  while (end > 0 && /[\s]/.test(source.text[end - 1]!)) end--;
  return source.lineSpan(source.lineAt(end)).end;
}

function* descendLast(node: SourceNode): Iterable<SourceNode> {
  let last = ownEntries(node).at(-1);
  // An alias shows entries that are written elsewhere.
  while (last && last.span.start >= node.span.start && last.span.end <= node.source.text.length) {
    if (last.span.start > node.span.end) return;
    yield last;
    last = ownEntries(last).at(-1);
  }
}

function afterLineBreak(text: string, offset: number): number {
  if (text[offset] === '\r' && text[offset + 1] === '\n') return offset + 2;
  return offset < text.length ? offset + 1 : offset;
}
