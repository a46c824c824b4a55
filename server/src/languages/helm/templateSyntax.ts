import type { Span } from '../../text/sourceText.ts';
import type { SyntaxProblem } from '../language.ts';
import type { TemplateToken } from './templateToken.ts';

/** A Go template as written; every offset counts from the start of the file. Immutable. */
export interface Template {
  readonly text: string;
  /** What stands in the file one after the other: text, actions, blocks with what they hold. */
  readonly nodes: readonly TemplateNode[];
  /** Every `{{ … }}` in the order of the file, comments among them. */
  readonly actions: readonly Action[];
  /** Every `define` and `block`, in the order of the file. */
  readonly definitions: readonly (DefineNode | BlockNode)[];
  readonly problems: readonly SyntaxProblem[];
}

/** One `{{ … }}`. */
export interface Action extends Span {
  /** What stands between the delimiters and their trim markers. */
  readonly inner: Span;
  readonly trimsBefore: boolean;
  readonly trimsAfter: boolean;
  /** False where the closing braces are missing: the action then ends with its line. */
  readonly isClosed: boolean;
  readonly isComment: boolean;
  /** Without spaces; empty for a comment. */
  readonly tokens: readonly TemplateToken[];
}

export type TemplateNode =
  | TextNode
  | CommentNode
  | OutputNode
  | ControlNode
  | DefineNode
  | BlockNode
  | CallNode
  | JumpNode
  | BrokenNode;

/** Text outside of actions, as it stands in the file: not trimmed. */
export interface TextNode {
  readonly kind: 'text';
  readonly span: Span;
}

export interface CommentNode {
  readonly kind: 'comment';
  readonly span: Span;
  readonly action: Action;
}

/** `{{ .Values.name | quote }}`, or a declaration or assignment, which prints nothing. */
export interface OutputNode {
  readonly kind: 'output';
  readonly span: Span;
  readonly action: Action;
  readonly pipeline: Pipeline;
}

/** `if`, `with` or `range` with all its branches. */
export interface ControlNode {
  readonly kind: 'control';
  readonly keyword: ControlKeyword;
  /** From the opening action to the end of `{{ end }}`, or of the last thing inside where that is missing. */
  readonly span: Span;
  /** The first is that of the keyword; then each `else`. Never empty. */
  readonly branches: readonly Branch[];
  readonly end: Action | undefined;
}

export type ControlKeyword = 'if' | 'with' | 'range';

export interface Branch {
  readonly action: Action;
  /** How the branch is chosen; undefined for a plain `else`. `else if` gives `if`, `else with` gives `with`. */
  readonly keyword: ControlKeyword | undefined;
  readonly isElse: boolean;
  /** Undefined for a plain `else`. */
  readonly pipeline: Pipeline | undefined;
  readonly body: readonly TemplateNode[];
  /** From the end of the branch's action to the start of the next one's. */
  readonly bodySpan: Span;
}

/** `{{ define "name" }} … {{ end }}` */
export interface DefineNode {
  readonly kind: 'define';
  readonly span: Span;
  readonly action: Action;
  /** Undefined while it is half-typed. */
  readonly name: TextOperand | undefined;
  readonly body: readonly TemplateNode[];
  readonly bodySpan: Span;
  readonly end: Action | undefined;
}

/** `{{ block "name" pipeline }} … {{ end }}`: a definition that is called where it stands. */
export interface BlockNode {
  readonly kind: 'block';
  readonly span: Span;
  readonly action: Action;
  readonly name: TextOperand | undefined;
  readonly pipeline: Pipeline | undefined;
  readonly body: readonly TemplateNode[];
  readonly bodySpan: Span;
  readonly end: Action | undefined;
}

/** `{{ template "name" pipeline }}` */
export interface CallNode {
  readonly kind: 'template';
  readonly span: Span;
  readonly action: Action;
  readonly name: TextOperand | undefined;
  readonly pipeline: Pipeline | undefined;
}

/** `{{ break }}` or `{{ continue }}` */
export interface JumpNode {
  readonly kind: 'break' | 'continue';
  readonly span: Span;
  readonly action: Action;
}

/** An action that means nothing: empty, or an `else` or `end` that ends nothing. */
export interface BrokenNode {
  readonly kind: 'broken';
  readonly span: Span;
  readonly action: Action;
}

/** `$a, $b := first | second arg | third` */
export interface Pipeline {
  readonly span: Span;
  readonly variables: readonly VariableName[];
  /** `:=` declares, `=` assigns; undefined where there are no variables before it. */
  readonly binding: 'declare' | 'assign' | undefined;
  /** In order; the value of each is the last argument of the next. Empty only where it is half-typed. */
  readonly commands: readonly Command[];
}

export interface VariableName {
  /** With its dollar sign. */
  readonly name: string;
  readonly span: Span;
}

/** `printf "%s" .name`: one or more operands, of which the first may be a function. */
export interface Command {
  readonly span: Span;
  /** Never empty. */
  readonly operands: readonly Operand[];
}

export type Operand =
  | DotOperand
  | FieldOperand
  | VariableOperand
  | FunctionOperand
  | ParenthesisOperand
  | ChainOperand
  | TextOperand
  | LiteralOperand;

/** `.` */
export interface DotOperand {
  readonly kind: 'dot';
  readonly span: Span;
}

/** A name behind a dot; empty where it is not typed yet. The span leaves the dot out. */
export interface FieldName {
  readonly name: string;
  readonly span: Span;
}

/** `.Values.image.tag` */
export interface FieldOperand {
  readonly kind: 'field';
  readonly span: Span;
  /** Never empty. */
  readonly fields: readonly FieldName[];
}

/** `$`, `$name`, `$.Values.name` */
export interface VariableOperand {
  readonly kind: 'variable';
  readonly span: Span;
  /** With its dollar sign; `$` alone is what the template was called with. */
  readonly name: string;
  readonly nameSpan: Span;
  readonly fields: readonly FieldName[];
}

/** `include`, `toYaml`: a name that must be that of a function. */
export interface FunctionOperand {
  readonly kind: 'function';
  readonly span: Span;
  readonly name: string;
}

/** `(…)` */
export interface ParenthesisOperand {
  readonly kind: 'parenthesis';
  readonly span: Span;
  readonly pipeline: Pipeline;
  readonly isClosed: boolean;
}

/** `(…).name`, `function.name` */
export interface ChainOperand {
  readonly kind: 'chain';
  readonly span: Span;
  readonly base: Operand;
  readonly fields: readonly FieldName[];
}

/** `"text"` or a raw string in backquotes. */
export interface TextOperand {
  readonly kind: 'text';
  readonly span: Span;
  /** Without the quotes. */
  readonly contentSpan: Span;
  /** Escapes resolved. */
  readonly value: string;
  readonly isRaw: boolean;
  readonly isClosed: boolean;
}

/** `true`, `nil`, `12`, `0x1F`, `'a'` */
export interface LiteralOperand {
  readonly kind: 'boolean' | 'nil' | 'number' | 'character';
  readonly span: Span;
  readonly text: string;
}
