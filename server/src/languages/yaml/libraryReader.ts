import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type ParsedNode,
  parseDocument,
  Scalar,
} from 'yaml';
import type { RawNode } from '../../text/sourceNode.ts';
import type { Span } from '../../text/sourceText.ts';
import type { SyntaxProblem } from '../language.ts';
import { parseForgivingly } from './forgivingParse.ts';
import type { RawDocument } from './readDocument.ts';
import type { MutableNode, TemplateMarks } from './templateMarks.ts';

/** More nodes than this after following aliases is an expansion attack, not a manifest. */
const EXPANDED_NODE_LIMIT = 200_000;
const DEPTH_LIMIT = 400;

const OPTIONS = { uniqueKeys: false, prettyErrors: false, logLevel: 'silent', stringKeys: false } as const;

/** Reads any YAML document, broken ones too, by the library that knows all of YAML. Never throws. */
export function readWithLibrary(text: string, marks: TemplateMarks): RawDocument {
  let document: Document.Parsed<ParsedNode>;
  try {
    document = parseDocument(text, OPTIONS);
    // In a template, what stands in braces is masked: quotes and brackets need not pair.
    if (document.errors.length > 0 && !marks.isTemplate) document = parseForgivingly(text, OPTIONS) ?? document;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { root: undefined, problems: [problem({ start: 0, end: text.length }, 'unreadable', message)] };
  }
  const problems: SyntaxProblem[] = [];
  // Warnings are not told: tags that the library does not know are known to those who wrote them.
  for (const { pos, code, message } of document.errors) {
    // A template's masked lines can leave a plain scalar without its quotes; only Helm itself can judge that.
    if (marks.isTemplate) continue;
    const [start, end] = pos;
    const name = code.toLowerCase().replaceAll('_', '-');
    problems.push(problem({ start, end: Math.max(end, start) }, name, firstSentence(message)));
  }
  const builder = new TreeBuilder(text, marks, problems);
  const root = document.contents ? builder.build(document.contents) : undefined;
  return { root, problems };
}

function problem(span: Span, code: string, message: string): SyntaxProblem {
  return { span, code, message, severity: 'error' };
}

function firstSentence(message: string): string {
  const line = message.split('\n', 1)[0]!.trim();
  return line.endsWith('.') ? line : `${line}.`;
}

/** Makes the common tree of the library's. */
class TreeBuilder {
  readonly #text: string;
  readonly #marks: TemplateMarks;
  readonly #problems: SyntaxProblem[];
  readonly #anchors = new Map<string, MutableNode>();
  readonly #building = new Set<string>();
  #nodes = 0;

  constructor(text: string, marks: TemplateMarks, problems: SyntaxProblem[]) {
    this.#text = text;
    this.#marks = marks;
    this.#problems = problems;
  }

  build(contents: Node): RawNode {
    this.#marks.startAt(rangeOf(contents).start);
    const root = this.#node(contents, 0);
    this.#marks.openWrittenInto(root);
    return root;
  }

  #node(node: unknown, depth: number): MutableNode {
    this.#nodes++;
    const range = rangeOf(node);
    const anchor = (node as { anchor?: string } | null)?.anchor;
    if (depth > DEPTH_LIMIT || this.#nodes > EXPANDED_NODE_LIMIT) return { kind: 'unknown', ...range };
    if (anchor) this.#building.add(anchor);
    const result = this.#bare(node, range, depth);
    if (anchor) {
      this.#building.delete(anchor);
      this.#anchors.set(anchor, result);
    }
    return result;
  }

  #bare(node: unknown, range: Span, depth: number): MutableNode {
    if (isAlias(node)) return this.#alias(node.source, range);
    if (isMap(node)) return this.#map(node as unknown as { items: Pair[]; flow?: boolean }, range, depth);
    if (isSeq(node)) {
      const children = node.items.map((item) => this.#marks.marked(this.#node(item, depth + 1)));
      return { kind: 'list', ...range, children, ...(node.flow ? { flow: true } : {}) };
    }
    if (isScalar(node)) return this.#scalar(node, range);
    return { kind: 'scalar', ...range, scalar: null };
  }

  #alias(name: string, range: Span): MutableNode {
    const target = this.#building.has(name) ? undefined : this.#anchors.get(name);
    if (!target) {
      const message = this.#building.has(name)
        ? `The alias *${name} refers to the value that it stands in.`
        : `There is no anchor &${name} above this alias.`;
      this.#problems.push(problem(range, 'bad-alias', message));
      return { kind: 'unknown', ...range };
    }
    this.#nodes += size(target, EXPANDED_NODE_LIMIT);
    if (this.#nodes > EXPANDED_NODE_LIMIT) return { kind: 'unknown', ...range };
    // The alias is where a reader sees the value; its parts are where they are written, at the anchor.
    return { ...target, ...range };
  }

  #scalar(node: Scalar, range: Span): MutableNode {
    const quoted = node.type !== Scalar.PLAIN;
    const block = node.type === Scalar.BLOCK_FOLDED || node.type === Scalar.BLOCK_LITERAL;
    if (!block && this.#marks.isTemplated(range.start, range.end)) return { kind: 'unknown', ...range, quoted };
    const value = node.value;
    if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      return { kind: 'scalar', ...range, scalar: value, ...(quoted ? { quoted } : {}) };
    }
    if (typeof value === 'bigint') return { kind: 'scalar', ...range, scalar: Number(value) };
    return { kind: 'scalar', ...range, scalar: this.#text.slice(range.start, range.end) };
  }

  #map(node: { items: Pair[]; flow?: boolean }, range: Span, depth: number): MutableNode {
    const children: MutableNode[] = [];
    const byKey = new Map<string, MutableNode>();
    const merged: MutableNode[] = [];
    let open = false;
    for (const pair of node.items) {
      const keyRange = rangeOf(pair.key);
      const key = isScalar(pair.key) ? String(pair.key.value ?? '') : this.#text.slice(keyRange.start, keyRange.end);
      const value = pair.value
        ? this.#node(pair.value, depth + 1)
        : ({ kind: 'scalar', start: keyRange.end, end: keyRange.end, scalar: null } satisfies MutableNode);
      if (key === '<<' && isScalar(pair.key) && pair.key.type === Scalar.PLAIN) {
        if (value.kind === 'list') merged.push(...(value.children ?? []));
        else merged.push(value);
        continue;
      }
      if (this.#marks.isTemplated(keyRange.start, keyRange.end)) {
        open = true;
        continue;
      }
      const entry: MutableNode = { ...value, key, keyStart: keyRange.start, keyEnd: keyRange.end };
      const earlier = byKey.get(key);
      if (earlier && this.#marks.isTemplate) {
        this.#marks.mergeBranches(earlier, entry);
        continue;
      }
      if (earlier) {
        this.#problems.push(problem(keyRange, 'duplicate-key', `The key ${key} stands twice in this map.`));
      }
      byKey.set(key, entry);
      children.push(this.#marks.marked(entry));
    }
    for (const source of merged) {
      if (source.kind === 'unknown') open = true;
      for (const entry of source.children ?? []) {
        if (entry.key === undefined || byKey.has(entry.key)) continue;
        byKey.set(entry.key, entry);
        children.push(entry);
      }
    }
    return { kind: 'map', ...range, children, ...(open ? { open } : {}), ...(node.flow ? { flow: true } : {}) };
  }
}

function rangeOf(node: unknown): Span {
  const range = (node as { range?: [number, number, number] | null } | null)?.range;
  return range ? { start: range[0], end: range[1] } : { start: 0, end: 0 };
}

function size(node: MutableNode, limit: number): number {
  let count = 1;
  const pending = [...(node.children ?? [])];
  while (pending.length > 0 && count < limit) {
    const next = pending.pop()!;
    count++;
    if (next.children) pending.push(...next.children);
  }
  return count;
}
