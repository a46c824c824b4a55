import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import type { Span } from '../../text/sourceText.ts';
import { readPromqlDuration } from './promqlDuration.ts';
import type { PromqlExpression, PromqlLabel, PromqlMatcher } from './promqlExpression.ts';
import { readPromqlString } from './promqlString.ts';

/** What Prometheus would refuse, and where. */
export interface PromqlProblem {
  readonly span: Span;
  readonly message: string;
}

/** A query as read, with as much of its tree as could be. */
export interface PromqlQuery {
  readonly text: string;
  readonly expression: PromqlExpression;
  readonly problems: readonly PromqlProblem[];
}

/** Longer texts are no queries that a person wrote, and reading them would be felt. */
const LONGEST = 20_000;
/** Deeper nesting is left unread, so that everybody may walk the tree by recursion. */
const DEEPEST = 200;

/**
 * Reads a PromQL expression by the grammar of Prometheus' own editor. Never throws; offsets count in `text`. Queries
 * with `holt_winters` are left unread: the grammar knows only its name in Prometheus 3.
 */
export function parsePromql(text: string): PromqlQuery {
  if (text.length > LONGEST || /\bholt_winters\s*\(/.test(text))
    return { text, expression: { kind: 'unread', span: { start: 0, end: 0 } }, problems: [] };
  const tree = parser.parse(text);
  const problems: PromqlProblem[] = [];
  tree.iterate({
    enter({ node }) {
      if (node.type.isError && problems.length === 0) problems.push(syntaxProblem(node, text));
      return problems.length === 0;
    },
  });
  const [root] = children(tree.topNode).filter(({ type }) => !type.isError);
  const reader = new Reader(text);
  return { text, expression: root ? reader.read(root) : reader.unread(tree.topNode), problems };
}

function syntaxProblem(node: SyntaxNode, text: string): PromqlProblem {
  const rest = text.slice(node.from);
  if (rest.trim() === '') {
    const end = text.trimEnd().length;
    return {
      span: { start: Math.max(0, end - 1), end },
      message: end === 0 ? 'the query is empty' : `something is missing behind "${lastWord(text.slice(0, end))}"`,
    };
  }
  const called = rest.startsWith('(') ? /([A-Za-z_]\w*)\s*$/.exec(text.slice(0, node.from)) : undefined;
  if (called)
    return {
      span: { start: called.index, end: called.index + called[1]!.length },
      message: `Prometheus has no function ${called[1]}`,
    };
  const skipped = node.from + rest.search(/\S/);
  const word = /^(?:[\w:.]+|"[^"\n]*"?|\S)/.exec(text.slice(skipped))![0];
  return { span: { start: skipped, end: skipped + word.length }, message: `"${word}" is not expected here` };
}

function lastWord(text: string): string {
  return /(?:[\w:.]+|\S)$/.exec(text)?.[0] ?? '';
}

function children(node: SyntaxNode): SyntaxNode[] {
  const list: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) list.push(child);
  return list;
}

/** Turns the grammar's tree into ours. */
class Reader {
  readonly #text: string;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  unread(node: SyntaxNode): PromqlExpression {
    return { kind: 'unread', span: spanOf(node) };
  }

  read(node: SyntaxNode): PromqlExpression {
    if (this.#depth >= DEEPEST) return this.unread(node);
    this.#depth++;
    const expression = this.#read(node);
    this.#depth--;
    return expression;
  }

  #read(node: SyntaxNode): PromqlExpression {
    const span = spanOf(node);
    switch (node.name) {
      case 'VectorSelector':
        return this.#selector(node);
      case 'MatrixSelector':
      case 'SubqueryExpr':
        return this.#range(node);
      case 'FunctionCall':
        return this.#call(node);
      case 'AggregateExpr':
        return this.#aggregation(node);
      case 'BinaryExpr':
        return this.#binary(node);
      case 'ParenExpr':
        return { kind: 'wrapped', by: 'parentheses', span, of: this.#only(node) };
      case 'UnaryExpr':
        return { kind: 'wrapped', by: 'sign', span, of: this.#only(node) };
      case 'OffsetExpr':
        return { kind: 'wrapped', by: 'offset', span, of: this.#only(node) };
      case 'StepInvariantExpr':
        return { kind: 'wrapped', by: 'at', span, of: this.#only(node) };
      case 'AnchoredExpr':
      case 'SmoothedExpr':
        return { kind: 'wrapped', by: 'smoothing', span, of: this.#only(node) };
      case 'NumberDurationLiteral':
        return { kind: 'number', span, text: this.#slice(node), value: numberOf(this.#slice(node)) };
      case 'StringLiteral':
        return { kind: 'string', span, text: readPromqlString(this.#slice(node)), value: undefined };
      default:
        return this.unread(node);
    }
  }

  #selector(node: SyntaxNode): PromqlExpression {
    const identifier = node.getChild('Identifier');
    const braces = node.getChild('LabelMatchers');
    const quotedName = braces ? children(braces).find(({ name }) => name === 'QuotedLabelName') : undefined;
    const matchers = braces ? this.#matchers(braces) : [];
    const byMatcher = matchers.find(({ label, operator }) => label.name === '__name__' && operator === '=');
    const named = identifier ?? quotedName;
    return {
      kind: 'vector',
      span: spanOf(node),
      name: identifier
        ? this.#slice(identifier)
        : quotedName
          ? readPromqlString(this.#slice(quotedName))
          : byMatcher?.value,
      nameSpan: named ? spanOf(named) : (byMatcher?.valueSpan ?? spanOf(node)),
      matchers,
    };
  }

  #matchers(braces: SyntaxNode): PromqlMatcher[] {
    return children(braces).flatMap((matcher) => {
      if (matcher.name !== 'UnquotedLabelMatcher' && matcher.name !== 'QuotedLabelMatcher') return [];
      const label = matcher.getChild('LabelName') ?? matcher.getChild('QuotedLabelName');
      const operator = matcher.getChild('MatchOp');
      const value = matcher.getChild('StringLiteral');
      if (!label || !operator || !value) return [];
      return [
        {
          label: this.#label(label),
          operator: this.#slice(operator) as PromqlMatcher['operator'],
          value: readPromqlString(this.#slice(value)),
          valueSpan: spanOf(value),
        },
      ];
    });
  }

  #range(node: SyntaxNode): PromqlExpression {
    const parts = children(node);
    const inner = parts[0];
    const duration = parts.find(({ name }) => name === 'DurationExpr');
    return {
      kind: node.name === 'SubqueryExpr' ? 'subquery' : 'range',
      span: spanOf(node),
      of: inner ? this.read(inner) : this.unread(node),
      rangeMilliseconds: duration ? readPromqlDuration(this.#slice(duration)) : undefined,
      rangeSpan: duration ? spanOf(duration) : spanOf(node),
    };
  }

  #call(node: SyntaxNode): PromqlExpression {
    const identifier = node.getChild('FunctionIdentifier');
    return {
      kind: 'call',
      span: spanOf(node),
      name: identifier ? this.#slice(identifier) : '',
      nameSpan: spanOf(identifier ?? node),
      arguments: this.#arguments(node),
    };
  }

  #aggregation(node: SyntaxNode): PromqlExpression {
    const operator = node.getChild('AggregateOp');
    const modifier = node.getChild('AggregateModifier');
    return {
      kind: 'aggregation',
      span: spanOf(node),
      operator: operator ? this.#slice(operator).toLowerCase() : '',
      operatorSpan: spanOf(operator ?? node),
      grouping: modifier ? (modifier.getChild('Without') ? 'without' : 'by') : undefined,
      labels: this.#labels(modifier?.getChild('GroupingLabels')),
      groupingSpan: spanOf(modifier ?? operator ?? node),
      arguments: this.#arguments(node),
    };
  }

  #binary(node: SyntaxNode): PromqlExpression {
    const parts = children(node).filter(({ type }) => !type.isError);
    const [left, operator] = parts;
    const right = parts.at(-1);
    if (!left || !operator || !right || parts.length < 3) return this.unread(node);
    const clause = node.getChild('MatchingModifierClause');
    const grouped = clause ? children(clause) : [];
    const group = grouped.find(({ name }) => name === 'GroupLeft' || name === 'GroupRight');
    const lists = grouped.filter(({ name }) => name === 'GroupingLabels');
    return {
      kind: 'binary',
      span: spanOf(node),
      operator: this.#slice(operator).toLowerCase(),
      operatorSpan: spanOf(operator),
      bool: node.getChild('BoolModifier') !== null,
      left: this.read(left),
      right: this.read(right),
      matching: clause ? (clause.getChild('On') ? 'on' : 'ignoring') : undefined,
      matchingLabels: this.#labels(lists[0]),
      group: group ? (group.name === 'GroupLeft' ? 'left' : 'right') : undefined,
      included: this.#labels(lists[1]),
    };
  }

  #arguments(node: SyntaxNode): PromqlExpression[] {
    const body = node.getChild('FunctionCallBody');
    if (!body) return [];
    return children(body).flatMap((child) => (isExpression(child) ? [this.read(child)] : []));
  }

  #only(node: SyntaxNode): PromqlExpression {
    const inner = children(node).find(isExpression);
    return inner ? this.read(inner) : this.unread(node);
  }

  #labels(list: SyntaxNode | null | undefined): PromqlLabel[] {
    if (!list) return [];
    return children(list).flatMap((label) =>
      label.name === 'LabelName' || label.name === 'QuotedLabelName' ? [this.#label(label)] : [],
    );
  }

  #label(node: SyntaxNode): PromqlLabel {
    const written = this.#slice(node);
    return { name: /^["'`]/.test(written) ? readPromqlString(written) : written, span: spanOf(node) };
  }

  #slice(node: SyntaxNode): string {
    return this.#text.slice(node.from, node.to);
  }
}

const EXPRESSIONS = new Set([
  'AggregateExpr',
  'AnchoredExpr',
  'BinaryExpr',
  'FunctionCall',
  'MatrixSelector',
  'NumberDurationLiteral',
  'OffsetExpr',
  'ParenExpr',
  'SmoothedExpr',
  'StepInvariantExpr',
  'StringLiteral',
  'SubqueryExpr',
  'UnaryExpr',
  'VectorSelector',
]);

function isExpression(node: SyntaxNode): boolean {
  return EXPRESSIONS.has(node.name);
}

function spanOf(node: SyntaxNode): Span {
  return { start: node.from, end: node.to };
}

function numberOf(written: string): number | undefined {
  const text = written.replaceAll('_', '').replaceAll(/\s/g, '');
  const sign = text.startsWith('-') ? -1 : 1;
  const bare = text.replace(/^[+-]/, '');
  if (/^inf$/i.test(bare)) return sign * Number.POSITIVE_INFINITY;
  if (/[a-z]/i.test(bare) && !/^(?:0x[\da-f]+|[\d.]+e[+-]?\d+)$/i.test(bare)) {
    const milliseconds = readPromqlDuration(bare);
    return milliseconds === undefined ? undefined : (sign * milliseconds) / 1000;
  }
  const value = Number(bare);
  return Number.isFinite(value) ? sign * value : undefined;
}
