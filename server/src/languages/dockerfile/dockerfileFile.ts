import type { Span } from '../../text/sourceText.ts';
import type { ImageReference } from '../imageReference.ts';
import type { ParsedFile, SyntaxProblem } from '../language.ts';
import type { LogicalText } from './logicalText.ts';

/** A comment line, from its `#` to the end of the line. */
export interface DockerfileComment {
  readonly span: Span;
  /** What follows the `#`, trimmed. */
  readonly text: string;
}

/** A parser directive: `# syntax=…`, `# escape=…`, `# check=…`, only at the very top of the file. */
export interface DockerfileDirective {
  /** Lower case. */
  readonly name: string;
  readonly value: string;
  readonly span: Span;
  readonly valueSpan: Span;
}

/** What `# check=skip=…;error=true` asks of Docker's build checks. */
export interface CheckDirective {
  /** Names of checks to leave out, as written; `all` leaves out every one. */
  readonly skip: readonly string[];
  readonly error: boolean;
  readonly span: Span;
}

/** One argument as written (quotes and variables kept), and where. */
export interface DockerfileWord {
  readonly text: string;
  readonly span: Span;
  /** Offset in the `head` of the instruction. */
  readonly start: number;
  readonly end: number;
}

/** One `key=value` of a flag that holds several, such as `--mount=type=cache,target=/root/.cache`. */
export interface FlagOption {
  /** Lower case. */
  readonly key: string;
  readonly keySpan: Span;
  /** Undefined for a bare key such as `ro`. */
  readonly value: string | undefined;
  readonly valueSpan: Span | undefined;
  readonly span: Span;
}

export interface DockerfileFlag {
  /** Without the dashes, as written. */
  readonly name: string;
  readonly nameSpan: Span;
  /** Undefined for a bare flag such as `--link`. Quotes are removed. */
  readonly value: string | undefined;
  readonly valueSpan: Span | undefined;
  readonly span: Span;
  /** Only of `--mount` and `--device`. */
  readonly options: readonly FlagOption[];
}

/** One name of ENV, ARG or LABEL with its value. */
export interface Assignment {
  /** Quotes and escapes removed. */
  readonly name: string;
  readonly nameSpan: Span;
  /** Undefined for `ARG NAME`. */
  readonly value: DockerfileWord | undefined;
  readonly span: Span;
  /** Written as `ENV name value`. */
  readonly legacy: boolean;
}

/** The exec form: a JSON array of strings. */
export interface JsonForm {
  readonly items: readonly JsonItem[];
  readonly span: Span;
}

export interface JsonItem {
  readonly value: string;
  /** With the quotes. */
  readonly span: Span;
  /** The characters between the quotes, each knowing its place; its text is still escaped. */
  readonly inner: LogicalText;
}

export interface DockerfileHeredoc {
  readonly name: string;
  /** The delimiter where it is announced: `<<-"EOF"`. */
  readonly span: Span;
  /** `<<-`: leading tabs are removed. */
  readonly stripsTabs: boolean;
  /** The delimiter is not quoted, so variables are replaced in the body. */
  readonly expands: boolean;
  /** File descriptor that is written before `<<`, empty when there is none. */
  readonly descriptor: string;
  /** The lines between, with the line break of the last one. */
  readonly contentSpan: Span;
  /** The closing line; undefined when the file ends before it. */
  readonly terminatorSpan: Span | undefined;
}

/** The three words of `FROM image AS name`. */
export interface FromClause {
  readonly image: DockerfileWord;
  readonly asWord: DockerfileWord | undefined;
  readonly name: DockerfileWord | undefined;
}

/** Which program runs the shell form at this place. */
export interface ShellSetting {
  /** The words of SHELL, or the default of the platform; undefined when they cannot be known. */
  readonly words: readonly string[] | undefined;
  /** The SHELL instruction; undefined for the default. */
  readonly setBy: DockerfileInstruction | undefined;
}

export interface DockerfileInstruction {
  /** Upper case, also for keywords that do not exist. */
  readonly keyword: string;
  readonly keywordSpan: Span;
  /** As written. */
  readonly written: string;
  /** From the keyword to the end of the last heredoc. */
  readonly span: Span;
  /** The joined lines, without heredoc bodies. */
  readonly head: LogicalText;
  /** From the keyword to the end of the joined lines. */
  readonly headSpan: Span;
  readonly flags: readonly DockerfileFlag[];
  /** What follows the keyword and the flags. */
  readonly body: LogicalText;
  readonly words: readonly DockerfileWord[];
  readonly assignments: readonly Assignment[];
  readonly from: FromClause | undefined;
  /** Present when the arguments are a well-formed exec form. */
  readonly json: JsonForm | undefined;
  readonly heredocs: readonly DockerfileHeredoc[];
  /** The comment lines directly above, without a blank line between. */
  readonly commentsAbove: readonly DockerfileComment[];
  /** Blank lines between the lines of the instruction. */
  readonly emptyContinuations: readonly Span[];
  /** The instruction that ONBUILD keeps for later. */
  readonly trigger: DockerfileInstruction | undefined;
  /** The command of HEALTHCHECK CMD. */
  readonly healthcheckCommand: DockerfileInstruction | undefined;
  /** Position in `DockerfileFile.instructions`; triggers carry that of their ONBUILD. */
  readonly order: number;
  /** Position in `DockerfileFile.stages`; -1 before the first FROM. */
  readonly stage: number;
  readonly shell: ShellSetting;
}

/** What a stage starts from. */
export type StageBase =
  | { readonly kind: 'scratch' }
  | { readonly kind: 'stage'; readonly stage: number }
  | { readonly kind: 'image'; readonly reference: ImageReference; readonly text: string }
  /** Depends on a build argument, or is no valid reference. */
  | { readonly kind: 'unknown' };

export interface DockerfileStage {
  readonly index: number;
  readonly instruction: DockerfileInstruction;
  /** Lower case, as the builder compares names; undefined for an unnamed stage. */
  readonly name: string | undefined;
  readonly nameWord: DockerfileWord | undefined;
  readonly image: DockerfileWord | undefined;
  readonly base: StageBase;
  /** FROM first, in order. */
  readonly instructions: readonly DockerfileInstruction[];
  readonly span: Span;
}

/** A Dockerfile, read without ever failing: what could be read, and the problems. Immutable. */
export interface DockerfileFile extends ParsedFile {
  readonly language: 'dockerfile';
  readonly escape: '\\' | '`';
  readonly directives: readonly DockerfileDirective[];
  readonly check: CheckDirective | undefined;
  /** Every comment line in order, those inside instructions included, directives left out. */
  readonly comments: readonly DockerfileComment[];
  readonly instructions: readonly DockerfileInstruction[];
  readonly stages: readonly DockerfileStage[];
  /** What the builder would refuse, in document order. */
  readonly problems: readonly SyntaxProblem[];
}
