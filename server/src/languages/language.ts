import type { SourceNode } from '../text/sourceNode.ts';
import type { SourceText, Span } from '../text/sourceText.ts';
import type { Resource } from '../workspace/resource.ts';

/** Text that cannot be read as its language: shown as `syntax/<code>`. */
export interface SyntaxProblem {
  readonly span: Span;
  /** Kebab-case name of the fault, e.g. `unclosed-quote`. */
  readonly code: string;
  readonly message: string;
  readonly severity: 'error' | 'warning' | 'information';
}

/** One entry of a document's outline. */
export interface OutlineItem {
  readonly name: string;
  readonly detail?: string;
  readonly kind: 'resource' | 'block' | 'stage' | 'instruction' | 'field' | 'variable';
  readonly span: Span;
  readonly nameSpan: Span;
  readonly children: readonly OutlineItem[];
}

export interface ParsedFile {
  readonly language: string;
  readonly source: SourceText;
  readonly problems: readonly SyntaxProblem[];
  /** One root per document. */
  readonly roots: readonly SourceNode[];
}

/** What one file says, of itself alone. */
export interface FileFacts {
  readonly resources: readonly Resource[];
}

/** What other tools' ignore comments can be matched with. */
export interface IgnorableFinding {
  /** `hadolint:DL3008`, `kube-linter:latest-tag`. */
  readonly equivalents: readonly string[];
  readonly span: Span;
}

/** All that the core must know of a file type. A language does no I/O, and `parse` never throws. */
export interface Language<File extends ParsedFile = ParsedFile> {
  readonly id: string;
  /** Tells by its name alone that a file is worth reading. */
  readonly files: RegExp;
  claims(uri: string, text: string): boolean;
  /** `previous` is the same file before an edit: what did not change may be taken over from it. */
  parse(source: SourceText, previous?: File): File;
  facts(file: File): FileFacts;
  /**
   * Whether a comment or annotation that the author wrote for another tool silences a finding, known by the ids that
   * the tools give the same fault.
   */
  ignores?(file: File): (finding: IgnorableFinding) => boolean;
  outline(file: File): readonly OutlineItem[];
  foldings(file: File): readonly Span[];
}
