import type { SourceText, Span } from './sourceText.ts';

/** `unknown`: a value that is written by a template or could not be read. Nothing may be concluded from it. */
export type NodeKind = 'map' | 'list' | 'scalar' | 'unknown';
export type Scalar = string | number | boolean | null;
export type PathSegment = string | number;

/** A place in a document: where a finding is shown. */
export interface Place {
  readonly source: SourceText;
  readonly span: Span;
}

/**
 * What a parser produces for one value. Offsets count from the start of the parsed chunk (one YAML document, one HCL
 * file), so that a chunk that only moved need not be parsed again.
 */
export interface RawNode {
  /** Where this part was read, when it stands in the tree of another chunk or file: its offsets count from there. */
  readonly origin?: Origin;
  /** The value was computed from what stands at its place: an edit of that place would not set this value. */
  readonly derived?: boolean;
  readonly kind: NodeKind;
  readonly start: number;
  readonly end: number;
  readonly key?: string;
  readonly keyStart?: number;
  readonly keyEnd?: number;
  /** Only of a scalar. */
  readonly scalar?: Scalar;
  /** The scalar was quoted, a block scalar or otherwise certainly meant as written. */
  readonly quoted?: boolean;
  readonly children?: readonly RawNode[];
  /** The collection may hold more than was read: a template writes into it. */
  readonly open?: boolean;
  /** A block of a template (`if`, `range`, `with`) may leave this entry out. */
  readonly conditional?: boolean;
  /** Written in flow style (`{a: 1}`, `[1]`): edits must not add lines. */
  readonly flow?: boolean;
}

/** The chunk that offsets count from. */
export interface Origin {
  readonly source: SourceText;
  readonly base: number;
}

const NO_NODES: readonly SourceNode[] = Object.freeze([]);

/**
 * A value and where it was read; the same tree for YAML, HCL, JSON, TOML, properties. Immutable.
 *
 * Three states must be told apart when a field is looked for: it is there (`find`), it is certainly not there
 * (`lacks`), or a template may provide it (neither). Rules that speak of something missing ask `lacks`.
 */
export class SourceNode implements Place {
  readonly source: SourceText;
  readonly parent: SourceNode | undefined;
  /** Position in the parent list, or the key in the parent map; undefined at the root. */
  readonly segment: PathSegment | undefined;
  readonly #raw: RawNode;
  readonly #base: number;
  #entries: readonly SourceNode[] | undefined;
  #byKey: Map<string, SourceNode> | undefined;
  #value: unknown;
  #hasValue = false;

  constructor(source: SourceText, raw: RawNode, base = 0, parent?: SourceNode, segment?: PathSegment) {
    this.source = source;
    this.parent = parent;
    this.segment = segment;
    this.#raw = raw;
    this.#base = base;
  }

  get kind(): NodeKind {
    return this.#raw.kind;
  }

  get span(): Span {
    return { start: this.#base + this.#raw.start, end: this.#base + this.#raw.end };
  }

  get keySpan(): Span | undefined {
    const { keyStart, keyEnd } = this.#raw;
    if (keyStart === undefined || keyEnd === undefined) return undefined;
    return { start: this.#base + keyStart, end: this.#base + keyEnd };
  }

  /** The key as a place, or the value's own place where there is no key (list items, roots). */
  get keyPlace(): Place {
    return { source: this.source, span: this.keySpan ?? this.span };
  }

  get key(): string | undefined {
    return this.#raw.key;
  }

  get scalar(): Scalar | undefined {
    return this.#raw.scalar;
  }

  get quoted(): boolean {
    return this.#raw.quoted === true;
  }

  get flow(): boolean {
    return this.#raw.flow === true;
  }

  /** What was parsed, with the place that its offsets count from: to be a part of another tree. */
  get raw(): RawNode & { readonly origin: Origin } {
    return { ...this.#raw, origin: this.#raw.origin ?? { source: this.source, base: this.#base } };
  }

  /** A build computed this value from what stands at its place, so that an edit there would not set it. */
  get derived(): boolean {
    return this.#raw.derived === true;
  }

  /** This entry, or a collection that it stands in, may be left out by a block of a template. */
  get conditional(): boolean {
    return this.#raw.conditional === true || this.parent?.conditional === true;
  }

  /** A template may add entries here, so absence proves nothing. */
  get open(): boolean {
    return this.#raw.open === true || this.#raw.kind === 'unknown';
  }

  /** The children in document order; empty for scalars and unknown values. */
  get entries(): readonly SourceNode[] {
    if (this.#entries) return this.#entries;
    const children = this.#raw.children;
    if (!children || children.length === 0) {
      this.#entries = NO_NODES;
    } else {
      const isList = this.#raw.kind === 'list';
      this.#entries = children.map((child, index) => {
        const { source, base } = child.origin ?? { source: this.source, base: this.#base };
        return new SourceNode(source, child, base, this, isList ? index : child.key);
      });
    }
    return this.#entries;
  }

  /** The items of a list; empty for everything else. */
  get items(): readonly SourceNode[] {
    return this.#raw.kind === 'list' ? this.entries : NO_NODES;
  }

  /** The node at `path`, or undefined where nothing is written there. */
  find(...path: readonly PathSegment[]): SourceNode | undefined {
    let node: SourceNode | undefined = this;
    for (const segment of path) {
      node = node.child(segment);
      if (!node) return undefined;
    }
    return node;
  }

  /** The deepest node along `path` that exists: something missing still has a place. */
  nearest(...path: readonly PathSegment[]): SourceNode {
    let node: SourceNode = this;
    for (const segment of path) {
      const next = node.child(segment);
      if (!next) return node;
      node = next;
    }
    return node;
  }

  /** True only when certainly nothing stands at `path`: no template on the way could provide it. */
  lacks(...path: readonly PathSegment[]): boolean {
    let node: SourceNode = this;
    for (const segment of path) {
      if (node.kind === 'unknown') return false;
      const next = node.child(segment);
      if (!next) return !node.open;
      node = next;
    }
    return node.kind === 'scalar' && node.scalar === null;
  }

  child(segment: PathSegment): SourceNode | undefined {
    if (typeof segment === 'number') return this.items[segment];
    if (this.#raw.kind !== 'map') return undefined;
    const entries = this.entries;
    if (entries.length < 12) return entries.find((entry) => entry.key === segment);
    this.#byKey ??= new Map([...entries].reverse().map((entry) => [entry.key ?? '', entry]));
    return this.#byKey.get(segment);
  }

  /** The text of a scalar at `path`. Numbers and booleans give their usual spelling; null and unknown give undefined. */
  text(...path: readonly PathSegment[]): string | undefined {
    const scalar = this.find(...path)?.scalar;
    return scalar === undefined || scalar === null ? undefined : String(scalar);
  }

  number(...path: readonly PathSegment[]): number | undefined {
    const scalar = this.find(...path)?.scalar;
    return typeof scalar === 'number' && Number.isFinite(scalar) ? scalar : undefined;
  }

  boolean(...path: readonly PathSegment[]): boolean | undefined {
    const scalar = this.find(...path)?.scalar;
    return typeof scalar === 'boolean' ? scalar : undefined;
  }

  /** The whole subtree has no unknown part. */
  get known(): boolean {
    if (this.open) return false;
    return this.entries.every((entry) => entry.known);
  }

  /** Plain frozen JavaScript value; unknown parts are `undefined`. */
  get value(): unknown {
    if (!this.#hasValue) {
      this.#value = Object.freeze(this.#compute());
      this.#hasValue = true;
    }
    return this.#value;
  }

  /** Path from the document's root, e.g. `['spec', 'ports', 0, 'port']`. */
  get path(): PathSegment[] {
    const segments: PathSegment[] = [];
    for (let node: SourceNode = this; node.parent; node = node.parent) segments.push(node.segment ?? '');
    return segments.reverse();
  }

  get root(): SourceNode {
    let node: SourceNode = this;
    while (node.parent) node = node.parent;
    return node;
  }

  #compute(): unknown {
    switch (this.#raw.kind) {
      case 'scalar':
        return this.#raw.scalar;
      case 'list':
        return this.entries.map((entry) => entry.value);
      case 'map':
        return Object.fromEntries(this.entries.map((entry) => [entry.key ?? '', entry.value]));
      case 'unknown':
        return undefined;
    }
  }
}
