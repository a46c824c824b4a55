import type { RawNode } from '../../text/sourceNode.ts';
import type { TemplateAction } from '../helm/maskTemplate.ts';

/** A node while its document is read; frozen by type once it is handed out. */
export interface MutableNode extends Omit<RawNode, 'children' | 'kind' | 'end' | 'open' | 'conditional'> {
  kind: RawNode['kind'];
  end: number;
  open?: boolean;
  conditional?: boolean;
  children?: MutableNode[];
}

/** What somebody writes where a value is filled in later, by whatever tool. */
const PLACEHOLDER = /\{\{|\$\{|^["']?<[A-Za-z][^<>]*>["']?$|^["']?__\w+__["']?$|^["']?%\w+%["']?$/;
/** Without any of these in a document there is no placeholder in it. */
const PLACEHOLDER_SIGN = /\{\{|\$\{|<[A-Za-z]|__|%\w/;
/** Longer values are texts that mention placeholders. */
const PLACEHOLDER_LIMIT = 4096;

/**
 * What the template actions of one document mean for the nodes that are read from it. Both readers of YAML ask it, so
 * that a template gives the same tree whichever of them read it.
 */
export class TemplateMarks {
  readonly #text: string;
  readonly #actions: readonly TemplateAction[];
  readonly #mayHoldPlaceholders: boolean;
  /** How many `if`, `range` and `with` blocks are open at the start of each action, and after the last one. */
  readonly #blockDepths: readonly number[];
  #rootDepth = 0;

  /** `actions` are those of `text`, in order; offsets count from its start. */
  constructor(text: string, actions: readonly TemplateAction[]) {
    this.#text = text;
    this.#actions = actions;
    this.#mayHoldPlaceholders = PLACEHOLDER_SIGN.test(text);
    const depths = [0];
    for (const { role } of actions) {
      depths.push(depths.at(-1)! + (role === 'open' ? 1 : role === 'close' ? -1 : 0));
    }
    this.#blockDepths = depths;
  }

  /** The document is a template. */
  get isTemplate(): boolean {
    return this.#actions.length > 0;
  }

  /** Says where the document's value starts; blocks that are open there make nothing conditional. */
  startAt(offset: number): void {
    this.#rootDepth = this.#blockDepth(offset);
  }

  /** Something else fills in what stands from `start` to `end`. */
  isTemplated(start: number, end: number): boolean {
    for (let index = this.#firstEndingAfter(start); index < this.#actions.length; index++) {
      const action = this.#actions[index]!;
      if (action.start >= end) break;
      if (!action.wholeLine) return true;
    }
    if (!this.#mayHoldPlaceholders || end - start > PLACEHOLDER_LIMIT) return false;
    return PLACEHOLDER.test(this.#text.slice(start, end));
  }

  /** Notes that a block of the template may leave this entry out. */
  marked(entry: MutableNode): MutableNode {
    if (this.#actions.length === 0) return entry;
    if (this.#blockDepth(entry.keyStart ?? entry.start) > this.#rootDepth) entry.conditional = true;
    return entry;
  }

  /** Two branches of a template's `if` write the same key: which one counts is not known. */
  mergeBranches(earlier: MutableNode, later: MutableNode): void {
    if (earlier.kind === 'map' && later.kind === 'map') {
      earlier.open = true;
      return;
    }
    earlier.kind = 'unknown';
    delete earlier.children;
  }

  /** A line that is nothing but an output action adds to whatever ends just above it: all of that may hold more. */
  openWrittenInto(root: MutableNode): void {
    for (const action of this.#actions) {
      if (!action.wholeLine || (action.role !== 'output' && action.keyword !== 'range')) continue;
      let node: MutableNode | undefined = root;
      while (node) {
        if (node.kind === 'map' || node.kind === 'list') node.open = true;
        else if (node.kind === 'scalar' && node.scalar === null) node.kind = 'unknown';
        node = node.children?.findLast((child) => (child.keyStart ?? child.start) < action.start);
      }
    }
  }

  #blockDepth(offset: number): number {
    let low = 0;
    let high = this.#actions.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#actions[middle]!.start < offset) low = middle + 1;
      else high = middle;
    }
    return this.#blockDepths[low]!;
  }

  #firstEndingAfter(offset: number): number {
    let low = 0;
    let high = this.#actions.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#actions[middle]!.end <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
