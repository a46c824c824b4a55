import type { Span } from '../../text/sourceText.ts';

/** A label's name where it is written, without its quotes. */
export interface PromqlLabel {
  readonly name: string;
  readonly span: Span;
}

export interface PromqlMatcher {
  readonly label: PromqlLabel;
  readonly operator: '=' | '!=' | '=~' | '!~';
  /** The text between the quotes, its escapes resolved. */
  readonly value: string;
  /** The value with its quotes. */
  readonly valueSpan: Span;
}

interface Part {
  readonly span: Span;
}

/** `name{label="value"}`; the name may also be written as a matcher of `__name__` or quoted in the braces. */
export interface VectorSelector extends Part {
  readonly kind: 'vector';
  readonly name: string | undefined;
  readonly nameSpan: Span;
  readonly matchers: readonly PromqlMatcher[];
}

/** `of[range]`, or with a step `of[range:step]`. */
export interface RangeSelector extends Part {
  readonly kind: 'range' | 'subquery';
  readonly of: PromqlExpression;
  /** Undefined where it is computed or a variable. */
  readonly rangeMilliseconds: number | undefined;
  readonly rangeSpan: Span;
}

export interface FunctionCall extends Part {
  readonly kind: 'call';
  readonly name: string;
  readonly nameSpan: Span;
  readonly arguments: readonly PromqlExpression[];
}

export interface Aggregation extends Part {
  readonly kind: 'aggregation';
  readonly operator: string;
  readonly operatorSpan: Span;
  /** Neither `by` nor `without`: every label is dropped. */
  readonly grouping: 'by' | 'without' | undefined;
  readonly labels: readonly PromqlLabel[];
  /** `by` and its labels in their parentheses, or the operator where there is none. */
  readonly groupingSpan: Span;
  readonly arguments: readonly PromqlExpression[];
}

export interface BinaryOperation extends Part {
  readonly kind: 'binary';
  readonly operator: string;
  readonly operatorSpan: Span;
  readonly bool: boolean;
  readonly left: PromqlExpression;
  readonly right: PromqlExpression;
  readonly matching: 'on' | 'ignoring' | undefined;
  readonly matchingLabels: readonly PromqlLabel[];
  readonly group: 'left' | 'right' | undefined;
  /** Labels that `group_left` and `group_right` take from the side of one. */
  readonly included: readonly PromqlLabel[];
}

/** Parentheses, a sign, `offset`, `@` and the like: they change neither type nor labels. */
export interface Wrapped extends Part {
  readonly kind: 'wrapped';
  readonly by: 'parentheses' | 'sign' | 'offset' | 'at' | 'smoothing';
  readonly of: PromqlExpression;
}

export interface PromqlLiteral extends Part {
  readonly kind: 'number' | 'string';
  /** Of a number; durations count in seconds. */
  readonly value: number | undefined;
  readonly text: string;
}

/** What could not be read. */
export interface UnreadExpression extends Part {
  readonly kind: 'unread';
}

export type PromqlExpression =
  | VectorSelector
  | RangeSelector
  | FunctionCall
  | Aggregation
  | BinaryOperation
  | Wrapped
  | PromqlLiteral
  | UnreadExpression;

/** The expressions directly below another one. */
export function partsOf(expression: PromqlExpression): readonly PromqlExpression[] {
  switch (expression.kind) {
    case 'range':
    case 'subquery':
    case 'wrapped':
      return [expression.of];
    case 'call':
    case 'aggregation':
      return expression.arguments;
    case 'binary':
      return [expression.left, expression.right];
    default:
      return [];
  }
}

/** The expression and everything in it, from the outside in. */
export function* everyPart(expression: PromqlExpression): Iterable<PromqlExpression> {
  yield expression;
  for (const part of partsOf(expression)) yield* everyPart(part);
}

/** What stands in parentheses, behind a sign or before an offset. */
export function unwrapped(expression: PromqlExpression): PromqlExpression {
  return expression.kind === 'wrapped' ? unwrapped(expression.of) : expression;
}
