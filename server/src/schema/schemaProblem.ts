import type { SourceNode } from '../text/sourceNode.ts';
import type { Span } from '../text/sourceText.ts';

/** For ever: people suppress and link by it. */
export type SchemaProblemCode =
  | 'schema/unknown-field'
  | 'schema/wrong-type'
  | 'schema/missing-field'
  | 'schema/invalid-value'
  | 'schema/unknown-kind'
  | 'schema/removed-api-version'
  | 'schema/deprecated-api-version'
  | 'schema/future-api-version';

/** A change of the same document that would mend the problem. */
export interface SchemaReplacement {
  /** A verb phrase: `Rename to replicas`. */
  readonly title: string;
  readonly span: Span;
  readonly newText: string;
  /** The author plainly meant this; it may be applied in bulk. */
  readonly safe: boolean;
}

/** One place where a document is not what its schema asks for. */
export interface SchemaProblem {
  readonly code: SchemaProblemCode;
  /**
   * error: API servers refuse the object (kubectl asks them to refuse unknown fields, too). warning: the bundled schema
   * may be of another version than the installed custom resource, so that a field or value that it does not know may
   * exist. information: it works, and will for long.
   */
  readonly severity: 'error' | 'warning' | 'information';
  /** The node that is wrong, or the map in which something is missing. */
  readonly node: SourceNode;
  /** Where to show it: a key, a value. */
  readonly span: Span;
  /** One sentence in the user's own names; never a value of a Secret. */
  readonly message: string;
  /** For `schema/missing-field`: its name. */
  readonly missing?: string;
  readonly related?: readonly { readonly span: Span; readonly message: string }[];
  readonly replacement?: SchemaReplacement;
}
