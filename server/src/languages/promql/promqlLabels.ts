import { typeOf } from './checkPromql.ts';
import { type BinaryOperation, everyPart, type PromqlExpression, unwrapped } from './promqlExpression.ts';

/**
 * The labels that the series of a result can carry. `only`: at most these. `any`: every label but those that were
 * dropped on the way.
 */
export type ResultLabels =
  | { readonly kind: 'only'; readonly labels: ReadonlySet<string> }
  | { readonly kind: 'any'; readonly dropped: ReadonlySet<string> };

/** What is known of the series of a name, e.g. because a recording rule makes them. */
export type LabelsOfSeries = (name: string) => ResultLabels | undefined;

const ANY: ResultLabels = { kind: 'any', dropped: new Set() };
const NONE: ResultLabels = { kind: 'only', labels: new Set() };

/** Aggregations that pick series as they are. */
const PICKING = new Set(['topk', 'bottomk', 'limitk', 'limit_ratio']);

/** Whether series with these labels may carry `name`. */
export function mayCarry(labels: ResultLabels, name: string): boolean {
  return labels.kind === 'only' ? labels.labels.has(name) : !labels.dropped.has(name);
}

/** The labels that a query can give, as far as the query itself decides them. */
export function resultLabels(expression: PromqlExpression, labelsOf: LabelsOfSeries = () => undefined): ResultLabels {
  switch (expression.kind) {
    case 'vector':
      return (expression.name === undefined ? undefined : labelsOf(expression.name)) ?? ANY;
    case 'range':
    case 'subquery':
    case 'wrapped':
      return resultLabels(expression.of, labelsOf);
    case 'number':
    case 'string':
      return NONE;
    case 'aggregation': {
      const inner = expression.arguments.at(-1);
      if (!inner) return ANY;
      const names = expression.labels.map(({ name }) => name);
      const from = resultLabels(inner, labelsOf);
      if (PICKING.has(expression.operator)) return from;
      const kept = expression.grouping === 'without' ? drop(from, names) : keep(from, expression.grouping ? names : []);
      const [counted] = expression.arguments;
      return expression.operator === 'count_values' && counted?.kind === 'string' ? add(kept, [counted.text]) : kept;
    }
    case 'call': {
      const { name } = expression;
      if (name === 'vector' || name === 'time' || name === 'pi' || name === 'scalar') return NONE;
      if (name.startsWith('absent') || name === 'info') return ANY;
      const vector = expression.arguments.find((argument) => ['vector', 'range'].includes(typeOf(argument) ?? ''));
      if (!vector) return ANY;
      const from = resultLabels(vector, labelsOf);
      if (name === 'histogram_quantile' || name === 'histogram_fraction') return drop(from, ['le']);
      const added = expression.arguments[1];
      if (name === 'label_replace' || name === 'label_join')
        return added?.kind === 'string' ? add(from, [added.text]) : ANY;
      return from;
    }
    case 'binary':
      return ofBinary(expression, labelsOf);
    case 'unread':
      return ANY;
  }
}

function ofBinary(operation: BinaryOperation, labelsOf: LabelsOfSeries): ResultLabels {
  const { operator, matching, group } = operation;
  const left = resultLabels(operation.left, labelsOf);
  const right = resultLabels(operation.right, labelsOf);
  if (operator === 'and' || operator === 'unless') return left;
  if (operator === 'or') return union(left, right);
  if (typeOf(operation.left) === 'scalar') return right;
  if (typeOf(operation.right) === 'scalar') return left;
  const included = operation.included.map(({ name }) => name);
  if (group) return add(group === 'left' ? left : right, included);
  const names = operation.matchingLabels.map(({ name }) => name);
  return matching === 'on' ? keep(left, names) : drop(left, names);
}

/** The labels of `from` that an aggregation or a matching names, but that are certainly not there. */
export function labelsGroupedBy(
  expression: PromqlExpression,
  labelsOf?: LabelsOfSeries,
): readonly { readonly name: string; readonly span: { start: number; end: number }; readonly by: string }[] {
  const missing: { name: string; span: { start: number; end: number }; by: string }[] = [];
  for (const part of everyPart(expression)) {
    if (part.kind === 'aggregation' && part.grouping === 'by') {
      const inner = part.arguments.at(-1);
      if (!inner) continue;
      const labels = resultLabels(inner, labelsOf);
      for (const { name, span } of part.labels)
        if (!mayCarry(labels, name)) missing.push({ name, span, by: part.operator });
    }
    if (part.kind === 'binary' && part.matching === 'on') {
      for (const side of [part.left, part.right]) {
        const labels = resultLabels(side, labelsOf);
        // A side that lost all labels is matched as one value on purpose.
        if (unwrapped(side).kind === 'unread') continue;
        for (const { name, span } of part.matchingLabels)
          if (!mayCarry(labels, name) && !missing.some((other) => other.span.start === span.start))
            missing.push({ name, span, by: 'on' });
      }
    }
  }
  return missing;
}

function keep(from: ResultLabels, names: readonly string[]): ResultLabels {
  return { kind: 'only', labels: new Set(names.filter((name) => mayCarry(from, name))) };
}

function drop(from: ResultLabels, names: readonly string[]): ResultLabels {
  return from.kind === 'only'
    ? { kind: 'only', labels: new Set([...from.labels].filter((name) => !names.includes(name))) }
    : { kind: 'any', dropped: new Set([...from.dropped, ...names]) };
}

function add(to: ResultLabels, names: readonly string[]): ResultLabels {
  return to.kind === 'only'
    ? { kind: 'only', labels: new Set([...to.labels, ...names]) }
    : { kind: 'any', dropped: new Set([...to.dropped].filter((name) => !names.includes(name))) };
}

function union(a: ResultLabels, b: ResultLabels): ResultLabels {
  if (a.kind === 'only' && b.kind === 'only') return { kind: 'only', labels: new Set([...a.labels, ...b.labels]) };
  const dropped = a.kind === 'any' ? a.dropped : b.kind === 'any' ? b.dropped : new Set<string>();
  const other = a.kind === 'any' ? b : a;
  return { kind: 'any', dropped: new Set([...dropped].filter((name) => !mayCarry(other, name))) };
}
