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
}

/** A place in a file of the snapshot. */
export interface Cursor {
  readonly file: LoadedFile;
  readonly offset: number;
  readonly snapshot: Snapshot;
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
  rename?(cursor: Cursor, newName: string): Rename;
  signature?(cursor: Cursor): Signature | undefined;
  /** The edits that bring the file into the language's usual form; none where it cannot be read. */
  format?(file: LoadedFile, options: FormatOptions): readonly TextEdit[];
}
