import type { SourceText, Span } from '../../text/sourceText.ts';
import type { SyntaxProblem } from '../language.ts';
import type { HclTokens } from './hclTokens.ts';

/** The syntax tree of HCL's native syntax. Spans of children lie inside the span of their parent, in order. */
export interface HclFile {
  readonly source: SourceText;
  readonly tokens: HclTokens;
  readonly body: HclBody;
  readonly problems: readonly SyntaxProblem[];
}

export interface HclBody {
  readonly kind: 'body';
  readonly span: Span;
  /** Arguments and blocks in document order. */
  readonly items: readonly HclItem[];
}

export type HclItem = HclAttribute | HclBlock | HclFragment;

/** `name = value` */
export interface HclAttribute {
  readonly kind: 'attribute';
  readonly span: Span;
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: HclExpression;
}

/** `type "label" { … }` */
export interface HclBlock {
  readonly kind: 'block';
  readonly span: Span;
  readonly type: string;
  readonly typeSpan: Span;
  readonly labels: readonly HclLabel[];
  readonly body: HclBody;
  /** The closing brace is missing. */
  readonly unclosed: boolean;
}

export interface HclLabel {
  readonly value: string;
  /** With the quotes. */
  readonly span: Span;
  /** Without the quotes: what a rename replaces. */
  readonly nameSpan: Span;
  readonly quoted: boolean;
}

/** A half-typed item: a word, and perhaps labels, with neither `=` nor `{` after it. */
export interface HclFragment {
  readonly kind: 'fragment';
  readonly span: Span;
  readonly name: string;
  readonly nameSpan: Span;
  readonly labels: readonly HclLabel[];
}

export type HclExpression =
  | HclLiteral
  | HclTemplate
  | HclTuple
  | HclObject
  | HclFor
  | HclVariable
  | HclAccess
  | HclCall
  | HclConditional
  | HclUnary
  | HclBinary
  | HclParentheses
  | HclMissing;

/** A number, `true`, `false` or `null`. */
export interface HclLiteral {
  readonly kind: 'literal';
  readonly span: Span;
  readonly value: number | boolean | null;
}

/** A quoted string or a heredoc. */
export interface HclTemplate {
  readonly kind: 'template';
  readonly span: Span;
  readonly parts: readonly HclTemplatePart[];
  readonly heredoc: boolean;
}

export type HclTemplatePart = HclTemplateText | HclInterpolation | HclTemplateIf | HclTemplateFor;

export interface HclTemplateText {
  readonly kind: 'text';
  readonly span: Span;
  /** With escapes resolved, the indentation of `<<-` removed and blanks trimmed as `~` asks. */
  readonly value: string;
}

/** `${ value }` */
export interface HclInterpolation {
  readonly kind: 'interpolation';
  readonly span: Span;
  readonly value: HclExpression;
}

/** `%{ if condition } … %{ else } … %{ endif }` */
export interface HclTemplateIf {
  readonly kind: 'templateIf';
  readonly span: Span;
  readonly condition: HclExpression;
  readonly consequent: readonly HclTemplatePart[];
  readonly alternative: readonly HclTemplatePart[];
}

/** `%{ for key, value in collection } … %{ endfor }` */
export interface HclTemplateFor {
  readonly kind: 'templateFor';
  readonly span: Span;
  readonly keyName: HclName | undefined;
  readonly valueName: HclName | undefined;
  readonly collection: HclExpression;
  readonly parts: readonly HclTemplatePart[];
}

export interface HclName {
  readonly name: string;
  readonly span: Span;
}

/** `[a, b]` */
export interface HclTuple {
  readonly kind: 'tuple';
  readonly span: Span;
  readonly items: readonly HclExpression[];
}

/** `{ a = 1, (b) = 2 }` */
export interface HclObject {
  readonly kind: 'object';
  readonly span: Span;
  readonly entries: readonly HclObjectEntry[];
}

export interface HclObjectEntry {
  readonly span: Span;
  /** A `variable` here is the literal key of that name. */
  readonly key: HclExpression;
  readonly value: HclExpression;
}

/** `[for k, v in c : v if x]` or `{for k, v in c : k => v... if x}` */
export interface HclFor {
  readonly kind: 'for';
  readonly span: Span;
  readonly keyName: HclName | undefined;
  readonly valueName: HclName | undefined;
  readonly collection: HclExpression;
  /** Only of the form that makes an object. */
  readonly key: HclExpression | undefined;
  readonly value: HclExpression;
  readonly grouped: boolean;
  readonly condition: HclExpression | undefined;
  readonly makesObject: boolean;
}

/** The first name of a reference: `var`, `each`, a resource type, a variable of a for-expression. */
export interface HclVariable {
  readonly kind: 'variable';
  readonly span: Span;
  readonly name: string;
}

/** `target.name[index][*].name`: everything that follows one term. */
export interface HclAccess {
  readonly kind: 'access';
  readonly span: Span;
  readonly target: HclExpression;
  readonly steps: readonly HclAccessStep[];
}

export type HclAccessStep = HclAttributeStep | HclIndexStep | HclSplatStep;

/** `.name`; the name is empty where it is still to be typed. */
export interface HclAttributeStep {
  readonly kind: 'attribute';
  readonly span: Span;
  readonly name: string;
  readonly nameSpan: Span;
}

/** `[key]`, or the old form `.0`. */
export interface HclIndexStep {
  readonly kind: 'index';
  readonly span: Span;
  readonly key: HclExpression;
  readonly legacy: boolean;
}

/** `[*]` (full) or `.*` */
export interface HclSplatStep {
  readonly kind: 'splat';
  readonly span: Span;
  readonly full: boolean;
}

/** `name(argument, list...)` */
export interface HclCall {
  readonly kind: 'call';
  readonly span: Span;
  /** With its namespace, e.g. `provider::aws::arn_parse`. */
  readonly name: string;
  readonly nameSpan: Span;
  /** From `(` to `)`. */
  readonly argumentsSpan: Span;
  readonly arguments: readonly HclExpression[];
  /** The last argument is followed by `...`. */
  readonly expanded: boolean;
}

export interface HclConditional {
  readonly kind: 'conditional';
  readonly span: Span;
  readonly condition: HclExpression;
  readonly consequent: HclExpression;
  readonly alternative: HclExpression;
}

export interface HclUnary {
  readonly kind: 'unary';
  readonly span: Span;
  readonly operator: '-' | '!';
  readonly operand: HclExpression;
}

export type HclBinaryOperator = '||' | '&&' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%';

export interface HclBinary {
  readonly kind: 'binary';
  readonly span: Span;
  readonly operator: HclBinaryOperator;
  readonly operatorSpan: Span;
  readonly left: HclExpression;
  readonly right: HclExpression;
}

export interface HclParentheses {
  readonly kind: 'parentheses';
  readonly span: Span;
  readonly inner: HclExpression;
}

/** Where an expression should stand and none does, or one that cannot be read. Nothing may be concluded from it. */
export interface HclMissing {
  readonly kind: 'missing';
  readonly span: Span;
}
