import type { Span } from '../../text/sourceText.ts';

/** A part of a word. `quoted`: inside single or double quotes, or escaped. */
export type WordPart =
  | { readonly kind: 'literal'; readonly text: string; readonly quoted: boolean; readonly span: Span }
  | {
      readonly kind: 'parameter';
      readonly name: string;
      readonly nameSpan: Span;
      /** `:-`, `##` …; undefined for a plain `$name` or `${name}`. */
      readonly operator: string | undefined;
      /** What follows the operator, as written. */
      readonly operand: string;
      /** The expansions inside the operand. */
      readonly nested: readonly WordPart[];
      readonly quoted: boolean;
      readonly span: Span;
    }
  | { readonly kind: 'command'; readonly script: ShellScript; readonly quoted: boolean; readonly span: Span }
  | { readonly kind: 'arithmetic'; readonly text: string; readonly quoted: boolean; readonly span: Span };

export interface ShellWord {
  readonly span: Span;
  /** As written. */
  readonly written: string;
  readonly parts: readonly WordPart[];
  /** The word after quotes; undefined when an expansion decides it. Braces, globs and `~` stay as written. */
  readonly text: string | undefined;
  /** The certain beginning of the word: everything before the first expansion. */
  readonly prefix: string;
}

export interface ShellAssignment {
  readonly name: string;
  readonly nameSpan: Span;
  /** Undefined for an array value. */
  readonly value: ShellWord | undefined;
  readonly appends: boolean;
  readonly span: Span;
}

export interface ShellRedirection {
  /** `<`, `>`, `>>`, `>|`, `<>`, `<&`, `>&`, `&>`, `&>>`, `<<`, `<<-`, `<<<`. */
  readonly operator: string;
  /** File descriptor as written before the operator; empty when there is none. */
  readonly descriptor: string;
  readonly target: ShellWord | undefined;
  /** The lines of a heredoc that stands in the same text. */
  readonly body: Span | undefined;
  readonly span: Span;
}

/** Name, arguments, assignments before it and redirections around it. */
export interface SimpleCommand {
  readonly kind: 'simple';
  readonly assignments: readonly ShellAssignment[];
  /** The first word is the command's name. */
  readonly words: readonly ShellWord[];
  readonly redirections: readonly ShellRedirection[];
  readonly span: Span;
}

/** `( … )`, `{ … }`, `if`, `while`, `until`, `for`, `select`, `case`, a function, or `(( … ))` and `[[ … ]]`. */
export interface CompoundCommand {
  readonly kind: 'compound';
  readonly type: 'subshell' | 'group' | 'if' | 'loop' | 'case' | 'function' | 'arithmetic' | 'test';
  /** Conditions first: the lists whose exit status decides, such as that between `if` and `then`. */
  readonly conditions: readonly ShellScript[];
  readonly bodies: readonly ShellScript[];
  /** The words of `for`, the subject of `case`, the operands of `[[ … ]]`. */
  readonly words: readonly ShellWord[];
  /** The variable that `for` or `select` sets, or the name of the function. */
  readonly name: string | undefined;
  readonly redirections: readonly ShellRedirection[];
  readonly span: Span;
}

export type ShellCommand = SimpleCommand | CompoundCommand;

export interface ShellPipeline {
  readonly commands: readonly ShellCommand[];
  readonly negated: boolean;
  /** The `|` or `|&` between the commands. */
  readonly pipes: readonly Span[];
  readonly span: Span;
}

/** One pipeline of a list and what joins it to the next one. */
export interface ListItem {
  readonly pipeline: ShellPipeline;
  /** The operator that follows; undefined at the end. A line break is `;`. */
  readonly separator: '&&' | '||' | ';' | '&' | undefined;
  readonly separatorSpan: Span | undefined;
}

export interface ShellComment {
  readonly span: Span;
}

/** Something that a shell would refuse, or that leaves the rest unread. */
export interface ShellProblem {
  readonly code:
    | 'unclosed-quote'
    | 'unclosed-substitution'
    | 'unclosed-block'
    | 'unexpected-word'
    | 'stray-closing'
    | 'missing-command'
    | 'too-deep';
  readonly message: string;
  readonly span: Span;
}

export interface ShellScript {
  readonly items: readonly ListItem[];
  readonly span: Span;
}

/** A script as a whole. Spans are offsets of the document that it was read from. */
export interface ParsedShell {
  readonly script: ShellScript;
  readonly comments: readonly ShellComment[];
  readonly problems: readonly ShellProblem[];
}
