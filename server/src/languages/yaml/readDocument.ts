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
import type { TemplateAction } from '../helm/maskTemplate.ts';
import type { SyntaxProblem } from '../language.ts';

/** One document of a stream; offsets count from the start of its chunk. */
export interface RawDocument {
  readonly root: RawNode | undefined;
  readonly problems: readonly SyntaxProblem[];
}

/** More nodes than this after following aliases is an expansion attack, not a manifest. */
const EXPANDED_NODE_LIMIT = 200_000;
const DEPTH_LIMIT = 400;

/**
 * Reads one YAML document into the common tree. Never throws. `actions` are the template actions that were masked in
 * `text`: what they touch becomes unknown, and collections that they write into become open.
 */
export function readDocument(text: string, actions: readonly TemplateAction[] = []): RawDocument {
  let document: Document.Parsed<ParsedNode>;
  try {
    document = parseDocument(text, { uniqueKeys: false, prettyErrors: false, logLevel: 'silent', stringKeys: false });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { root: undefined, problems: [problem(0, text.length, 'unreadable', message)] };
  }
  const problems: SyntaxProblem[] = [];
  for (const { pos, code, message } of [...document.errors, ...document.warnings]) {
    // A template's masked lines can leave a plain scalar without its quotes; only Helm itself can judge that.
    if (actions.length > 0) continue;
    const [start, end] = pos;
    problems.push(
      problem(start, Math.max(end, start), code.toLowerCase().replaceAll('_', '-'), firstSentence(message)),
    );
  }
  const builder = new TreeBuilder(text, actions, problems);
  const root = document.contents ? builder.build(document.contents) : undefined;
  return { root, problems };
}

function problem(start: number, end: number, code: string, message: string): SyntaxProblem {
  return { span: { start, end }, code, message, severity: 'error' };
}

function firstSentence(message: string): string {
  const line = message.split('\n', 1)[0]!.trim();
  return line.endsWith('.') ? line : `${line}.`;
}

interface Mutable extends Omit<RawNode, 'children' | 'kind' | 'end' | 'open'> {
  kind: RawNode['kind'];
  end: number;
  open?: boolean;
  children?: Mutable[];
}

class TreeBuilder {
  readonly #text: string;
  readonly #actions: readonly TemplateAction[];
  readonly #problems: SyntaxProblem[];
  readonly #anchors = new Map<string, Mutable>();
  readonly #building = new Set<string>();
  /** How many `if`, `range` and `with` blocks are open at the start of each action, and after the last one. */
  readonly #blockDepths: readonly number[];
  #rootDepth = 0;
  #nodes = 0;

  constructor(text: string, actions: readonly TemplateAction[], problems: SyntaxProblem[]) {
    this.#text = text;
    this.#actions = actions;
    this.#problems = problems;
    const depths = [0];
    for (const { role } of actions) {
      depths.push(depths.at(-1)! + (role === 'open' ? 1 : role === 'close' ? -1 : 0));
    }
    this.#blockDepths = depths;
  }

  build(contents: Node): RawNode {
    this.#rootDepth = this.#blockDepth(rangeOf(contents).start);
    const root = this.#node(contents, 0);
    this.#openWrittenInto(root);
    return root;
  }

  #node(node: unknown, depth: number): Mutable {
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

  #bare(node: unknown, range: { start: number; end: number }, depth: number): Mutable {
    if (isAlias(node)) return this.#alias(node.source, range);
    if (isMap(node)) return this.#map(node as unknown as { items: Pair[]; flow?: boolean }, range, depth);
    if (isSeq(node)) {
      const children = node.items.map((item) => this.#marked(this.#node(item, depth + 1)));
      return { kind: 'list', ...range, children, ...(node.flow ? { flow: true } : {}) };
    }
    if (isScalar(node)) return this.#scalar(node, range);
    return { kind: 'scalar', ...range, scalar: null };
  }

  #alias(name: string, range: { start: number; end: number }): Mutable {
    const target = this.#building.has(name) ? undefined : this.#anchors.get(name);
    if (!target) {
      const message = this.#building.has(name)
        ? `The alias *${name} refers to the value that it stands in.`
        : `There is no anchor &${name} above this alias.`;
      this.#problems.push(problem(range.start, range.end, 'bad-alias', message));
      return { kind: 'unknown', ...range };
    }
    this.#nodes += size(target, EXPANDED_NODE_LIMIT);
    if (this.#nodes > EXPANDED_NODE_LIMIT) return { kind: 'unknown', ...range };
    // The alias is where a reader sees the value; its parts are where they are written, at the anchor.
    return { ...target, ...range };
  }

  #scalar(node: Scalar, range: { start: number; end: number }): Mutable {
    const quoted = node.type !== Scalar.PLAIN;
    const block = node.type === Scalar.BLOCK_FOLDED || node.type === Scalar.BLOCK_LITERAL;
    if (!block && this.#isTemplated(range)) return { kind: 'unknown', ...range, quoted };
    const value = node.value;
    if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      return { kind: 'scalar', ...range, scalar: value, ...(quoted ? { quoted } : {}) };
    }
    if (typeof value === 'bigint') return { kind: 'scalar', ...range, scalar: Number(value) };
    return { kind: 'scalar', ...range, scalar: this.#text.slice(range.start, range.end) };
  }

  #map(node: { items: Pair[]; flow?: boolean }, range: { start: number; end: number }, depth: number): Mutable {
    const children: Mutable[] = [];
    const byKey = new Map<string, Mutable>();
    const merged: Mutable[] = [];
    let open = false;
    for (const pair of node.items) {
      const keyRange = rangeOf(pair.key);
      const key = isScalar(pair.key) ? String(pair.key.value ?? '') : this.#text.slice(keyRange.start, keyRange.end);
      const value = pair.value
        ? this.#node(pair.value, depth + 1)
        : ({ kind: 'scalar', start: keyRange.end, end: keyRange.end, scalar: null } satisfies Mutable);
      if (key === '<<' && isScalar(pair.key) && pair.key.type === Scalar.PLAIN) {
        if (value.kind === 'list') merged.push(...(value.children ?? []));
        else merged.push(value);
        continue;
      }
      if (this.#isTemplated(keyRange)) {
        open = true;
        continue;
      }
      const entry: Mutable = { ...value, key, keyStart: keyRange.start, keyEnd: keyRange.end };
      const earlier = byKey.get(key);
      if (earlier) {
        if (this.#actions.length > 0) this.#mergeBranches(earlier, entry);
        else
          this.#problems.push(
            problem(keyRange.start, keyRange.end, 'duplicate-key', `The key ${key} stands twice in this map.`),
          );
        if (this.#actions.length > 0) continue;
      }
      byKey.set(key, entry);
      children.push(this.#marked(entry));
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

  /** Two branches of a template's `if` write the same key: which one counts is not known. */
  #mergeBranches(earlier: Mutable, later: Mutable): void {
    if (earlier.kind === 'map' && later.kind === 'map') {
      earlier.open = true;
      return;
    }
    earlier.kind = 'unknown';
    delete earlier.children;
  }

  /** Notes that a block of the template may leave this entry out. */
  #marked(entry: Mutable): Mutable {
    if (this.#actions.length === 0) return entry;
    const conditional = this.#blockDepth(entry.keyStart ?? entry.start) > this.#rootDepth;
    return conditional ? Object.assign(entry, { conditional }) : entry;
  }

  #blockDepth(offset: number): number {
    let index = 0;
    while (index < this.#actions.length && this.#actions[index]!.start < offset) index++;
    return this.#blockDepths[index]!;
  }

  #isTemplated({ start, end }: { start: number; end: number }): boolean {
    if (this.#actions.some((action) => !action.wholeLine && action.start < end && action.end > start)) return true;
    if (end - start > 4096) return false;
    const written = this.#text.slice(start, end);
    return /\{\{|\$\{|^["']?<[A-Za-z][^<>]*>["']?$|^["']?__\w+__["']?$|^["']?%\w+%["']?$/.test(written);
  }

  /** A line that is nothing but an output action adds to whatever ends just above it: all of that may hold more. */
  #openWrittenInto(root: Mutable): void {
    for (const action of this.#actions) {
      if (!action.wholeLine || (action.role !== 'output' && action.keyword !== 'range')) continue;
      let node: Mutable | undefined = root;
      while (node) {
        if (node.kind === 'map' || node.kind === 'list') node.open = true;
        else if (node.kind === 'scalar' && node.scalar === null) node.kind = 'unknown';
        node = node.children?.findLast((child) => (child.keyStart ?? child.start) < action.start);
      }
    }
  }
}

function rangeOf(node: unknown): { start: number; end: number } {
  const range = (node as { range?: [number, number, number] | null } | null)?.range;
  return range ? { start: range[0], end: range[1] } : { start: 0, end: 0 };
}

function size(node: Mutable, limit: number): number {
  let count = 1;
  const pending = [...(node.children ?? [])];
  while (pending.length > 0 && count < limit) {
    const next = pending.pop()!;
    count++;
    if (next.children) pending.push(...next.children);
  }
  return count;
}
