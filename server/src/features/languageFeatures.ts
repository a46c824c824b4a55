import type { Place } from '../text/sourceNode.ts';
import type { Span, TextEdit } from '../text/sourceText.ts';
import type { LoadedFile, Snapshot } from '../workspace/world.ts';

/** One offer at the cursor. */
export interface Completion {
  readonly label: string;
  readonly kind: 'field' | 'value' | 'keyword' | 'variable' | 'function' | 'reference' | 'module' | 'file' | 'snippet';
  /** A few words beside the label. */
  readonly detail?: string;
  /** Markdown; computed when the offer is looked at. */
  documentation?(): string | undefined;
  /** What replaces `span`; in snippet syntax where `isSnippet`. */
  readonly newText: string;
  readonly span: Span;
  readonly isSnippet?: boolean;
  /** Orders the offers; the label where absent. */
  readonly sortText?: string;
  readonly isDeprecated?: boolean;
}

/** What is said about the thing under the cursor. */
export interface Explanation {
  readonly markdown: string;
  readonly span: Span;
  /** What a client that knows these commands of ours may offer below the words. */
  readonly commands?: readonly ExplanationCommand[];
}

export interface ExplanationCommand {
  readonly title: string;
  readonly id: `slipway.${string}`;
  readonly argument: object;
}

/** One file of a snapshot. */
export interface FileState {
  readonly file: LoadedFile;
  readonly snapshot: Snapshot;
}

/** A place in a file of the snapshot. */
export interface Cursor extends FileState {
  readonly offset: number;
}

/** A few words that the editor draws into a line, behind what they speak of. */
export interface InlayHint {
  readonly offset: number;
  readonly label: string;
  /** Markdown; computed when the hint is looked at. */
  tooltip?(): string | undefined;
}

/** A line above a thing that says what the workspace knows of it. `span` is cheap; the rest is asked for when it is shown. */
export interface Lens {
  readonly span: Span;
  /** A client that does not know this command is shown no lens; absent where the words alone are worth showing. */
  readonly command?: LensCommand;
  resolve(): ResolvedLens;
}

/** Commands of our own client that act on a manifest. */
export type LensCommand = `slipway.${string}`;

export interface ResolvedLens {
  /** `Used by 3 workloads`. */
  readonly title: string;
  /** Where a click leads; empty where the lens carries a command. */
  readonly places: readonly Place[];
}

/** Text that leads to another document. */
export interface DocumentLink {
  readonly span: Span;
  /** URI, with `#L12` where a line is meant (counted from 1). */
  readonly target: string;
  readonly tooltip?: string;
}

/** The kinds of meaning that the grammar of an editor cannot see. They are standard token types of the protocol. */
export const TOKEN_TYPES = [
  'class',
  'variable',
  'parameter',
  'property',
  'function',
  'macro',
  'keyword',
  'operator',
  'namespace',
  'type',
  'string',
  'number',
  'comment',
  'enumMember',
] as const;
export type TokenType = (typeof TOKEN_TYPES)[number];

/** Text with a meaning beyond its grammar: a reference to another object, a template's variable. */
export interface SemanticToken {
  readonly span: Span;
  readonly type: TokenType;
  /** The name is given here. */
  readonly isDeclaration?: boolean;
}

/** One occurrence of the thing under the cursor in its own file. */
export interface Highlight {
  readonly span: Span;
  readonly kind: 'read' | 'write';
}

/** The edits of a rename, or in words why there is none. */
export type Rename =
  | { readonly status: 'edits'; readonly edits: readonly TextEdit[] }
  | { readonly status: 'refused'; readonly reason: string };

/** The call that a cursor is in. */
export interface Signature {
  readonly label: string;
  /** Each is a part of the label. */
  readonly parameters: readonly string[];
  /** Index of the parameter at the cursor; undefined where the function takes none. */
  readonly active: number | undefined;
  /** Markdown. */
  readonly documentation: string;
}

/** How the editor indents. */
export interface FormatOptions {
  readonly indent: string;
}

/** What one source (a language, the schemas, the patterns, the graph) can say at a cursor. Every part is optional. */
export interface FeatureSource {
  completions?(cursor: Cursor): Iterable<Completion>;
  explain?(cursor: Cursor): Explanation | undefined;
  /** Where the thing under the cursor is defined. */
  definitions?(cursor: Cursor): Iterable<Place>;
  /** Where the thing under the cursor is used, its definition left out. */
  references?(cursor: Cursor): Iterable<Place>;
  /** The name under the cursor where it can be renamed. */
  renameSpan?(cursor: Cursor): Span | undefined;
  /** Undefined where this source knows nothing to rename; the next one is asked. */
  rename?(cursor: Cursor, newName: string): Rename | undefined;
  signature?(cursor: Cursor): Signature | undefined;
  /** The edits that bring the file into the language's usual form; none where it cannot be read. */
  format?(file: LoadedFile, options: FormatOptions): readonly TextEdit[];
  /** The edits that follow what was just typed before the cursor; undefined where this source does not read the file. */
  formatTyped?(cursor: Cursor, typed: string, options: FormatOptions): readonly TextEdit[] | undefined;
  /** Words for the lines that touch `span`. */
  hints?(state: FileState, span: Span): Iterable<InlayHint>;
  lenses?(state: FileState): Iterable<Lens>;
  links?(state: FileState): Iterable<DocumentLink>;
  tokens?(state: FileState): Iterable<SemanticToken>;
  /** Where absent, the definitions and references of the thing in its own file. */
  highlights?(cursor: Cursor): Iterable<Highlight>;
  /** What encloses the cursor, from the innermost out; undefined where the tree of the file says it well enough. */
  selections?(cursor: Cursor): readonly Span[] | undefined;
}
