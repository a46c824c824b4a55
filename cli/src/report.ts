import type { Severity } from '../../server/src/rules/contract.ts';
import type { Range } from '../../server/src/text/sourceText.ts';

/** One finding as every format prints it. Lines and characters count from 0, as in the LSP. */
export interface ReportItem {
  readonly rule: string;
  readonly severity: Severity;
  /** Relative to the working directory, with `/`. */
  readonly file: string;
  readonly range: Range;
  readonly message: string;
  readonly related: readonly { readonly file: string; readonly range: Range; readonly message: string }[];
  readonly equivalents: readonly string[];
  readonly fixes: readonly {
    readonly title: string;
    readonly safe: boolean;
    readonly edits: readonly { readonly file: string; readonly range: Range; readonly newText: string }[];
  }[];
}

export interface Report {
  readonly version: 1;
  readonly findings: readonly ReportItem[];
  /** Files that were read. */
  readonly files: number;
  readonly durationMilliseconds: number;
}

export type ReportFormat = (report: Report) => string;
