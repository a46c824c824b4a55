import type { PromqlProblem, PromqlQuery } from './parsePromql.ts';
import {
  type Aggregation,
  type BinaryOperation,
  everyPart,
  type FunctionCall,
  type PromqlExpression,
  type PromqlMatcher,
  type RangeSelector,
  type VectorSelector,
} from './promqlExpression.ts';
import { AGGREGATION_PARAMETERS, PROMQL_FUNCTIONS, type PromqlType } from './promqlFunctions.ts';

const WORDS: Readonly<Record<PromqlType, string>> = {
  scalar: 'a number',
  vector: 'an instant vector',
  range: 'a range',
  string: 'a text',
};
const COMPARISONS = new Set(['==', '!=', '>', '<', '>=', '<=']);
const SETS = new Set(['and', 'or', 'unless']);

/**
 * Everything for which Prometheus refuses to load the query: its syntax, else what does not fit together (types, numbers
 * of arguments, selectors that would select everything, regular expressions).
 */
export function promqlProblems({ expression, problems }: PromqlQuery): readonly PromqlProblem[] {
  if (problems.length > 0) return problems;
  const found: PromqlProblem[] = [];
  for (const part of everyPart(expression)) found.push(...problemsOf(part));
  const type = typeOf(expression);
  if (found.length === 0 && (type === 'range' || type === 'string'))
    found.push({ span: expression.span, message: `the query gives ${WORDS[type]}, not one value for each series` });
  return found;
}

/** What an expression gives; undefined where it could not be read. */
export function typeOf(expression: PromqlExpression): PromqlType | undefined {
  switch (expression.kind) {
    case 'vector':
    case 'aggregation':
      return 'vector';
    case 'range':
    case 'subquery':
      return 'range';
    case 'call':
      return PROMQL_FUNCTIONS.get(expression.name)?.returns;
    case 'wrapped':
      return typeOf(expression.of);
    case 'number':
      return 'scalar';
    case 'string':
      return 'string';
    case 'binary': {
      const [left, right] = [typeOf(expression.left), typeOf(expression.right)];
      if (left === undefined || right === undefined) return undefined;
      return left === 'scalar' && right === 'scalar' ? 'scalar' : 'vector';
    }
    case 'unread':
      return undefined;
  }
}

function* problemsOf(part: PromqlExpression): Iterable<PromqlProblem> {
  switch (part.kind) {
    case 'vector':
      yield* problemsOfSelector(part);
      break;
    case 'range':
    case 'subquery':
      yield* problemsOfRange(part);
      break;
    case 'call':
      yield* problemsOfCall(part);
      break;
    case 'aggregation':
      yield* problemsOfAggregation(part);
      break;
    case 'binary':
      yield* problemsOfBinary(part);
      break;
    default:
      break;
  }
}

function* problemsOfSelector({ name, matchers, span }: VectorSelector): Iterable<PromqlProblem> {
  for (const matcher of matchers) {
    const fault = regexFault(matcher);
    if (fault) yield { span: matcher.valueSpan, message: fault };
  }
  if (name === undefined && matchers.every((matcher) => matchesNothing(matcher)))
    yield { span, message: 'this would select every series: at least one label must be matched by a text' };
}

function* problemsOfRange({ of, kind, rangeSpan }: RangeSelector): Iterable<PromqlProblem> {
  const type = typeOf(of);
  if (kind === 'range' && type !== undefined && of.kind !== 'vector')
    yield { span: rangeSpan, message: 'a range of what was computed needs a step, as in [5m:1m]' };
  if (kind === 'subquery' && type !== undefined && type !== 'vector')
    yield { span: of.span, message: `a range with a step is taken of an instant vector, not of ${WORDS[type]}` };
}

function* problemsOfCall(call: FunctionCall): Iterable<PromqlProblem> {
  const known = PROMQL_FUNCTIONS.get(call.name);
  if (!known) return;
  const { parameters, optional, repeats } = known;
  const given = call.arguments;
  const least = parameters.length - optional - (repeats ? 1 : 0);
  if (given.length < least || (!repeats && given.length > parameters.length)) {
    const wanted = optional > 0 || repeats ? `at least ${least}` : String(parameters.length);
    yield { span: call.nameSpan, message: `${call.name} takes ${wanted} arguments, not ${given.length}` };
    return;
  }
  for (const [index, argument] of given.entries()) {
    const wanted = parameters[Math.min(index, parameters.length - 1)]!;
    const type = typeOf(argument);
    if (type === undefined || type === wanted) continue;
    const hint = wanted === 'range' && argument.kind === 'vector' ? `, as in ${argument.name ?? '{…}'}[5m]` : '';
    yield { span: argument.span, message: `${call.name} takes ${WORDS[wanted]} here, not ${WORDS[type]}${hint}` };
  }
}

function* problemsOfAggregation(aggregation: Aggregation): Iterable<PromqlProblem> {
  const { operator, operatorSpan } = aggregation;
  const parameter = AGGREGATION_PARAMETERS.get(operator);
  const wanted: readonly PromqlType[] = parameter === undefined ? ['vector'] : [parameter, 'vector'];
  if (aggregation.arguments.length !== wanted.length) {
    yield {
      span: operatorSpan,
      message: `${operator} takes ${wanted.length === 1 ? 'one vector' : `${WORDS[wanted[0]!]} and a vector`}`,
    };
    return;
  }
  for (const [index, argument] of aggregation.arguments.entries()) {
    const type = typeOf(argument);
    if (type === undefined || type === wanted[index]) continue;
    yield { span: argument.span, message: `${operator} takes ${WORDS[wanted[index]!]} here, not ${WORDS[type]}` };
  }
}

function* problemsOfBinary(operation: BinaryOperation): Iterable<PromqlProblem> {
  const { left, right, operator, operatorSpan, bool, matching } = operation;
  const types = [typeOf(left), typeOf(right)];
  for (const [index, side] of [left, right].entries()) {
    const type = types[index];
    if (type === 'range' || type === 'string')
      yield { span: side.span, message: `${operator} is not defined for ${WORDS[type]}` };
  }
  const areNumbers = types.every((type) => type === 'scalar');
  const hasNumber = types.includes('scalar');
  if (areNumbers && COMPARISONS.has(operator) && !bool)
    yield { span: operatorSpan, message: `two numbers are compared with ${operator} bool` };
  if (hasNumber && SETS.has(operator))
    yield { span: operatorSpan, message: `${operator} joins vectors, and there is a number on one side` };
  if (hasNumber && matching !== undefined && !SETS.has(operator))
    yield {
      span: operatorSpan,
      message: `${matching} matches the labels of two vectors, and there is a number on one side`,
    };
  if (bool && !COMPARISONS.has(operator))
    yield { span: operatorSpan, message: `bool goes with comparisons, not with ${operator}` };
}

/** The matcher lets a series pass that lacks the label. */
function matchesNothing({ operator, value }: PromqlMatcher): boolean {
  if (operator === '=') return value === '';
  if (operator === '!=') return value !== '';
  const expression = javaScriptRegex(value);
  if (!expression) return false;
  return operator === '=~' ? expression.test('') : !expression.test('');
}

function regexFault({ operator, value }: PromqlMatcher): string | undefined {
  if (operator !== '=~' && operator !== '!~') return undefined;
  // Variables of dashboards stand for text that is not known here.
  if (value.includes('$')) return undefined;
  const around = /\(\?<?[=!]/.exec(value)?.[0];
  if (around) return `regular expressions of Prometheus do not look around (${around})`;
  return javaScriptRegex(value) ? undefined : `${value} is no regular expression`;
}

/** The expression where JavaScript reads it like RE2 does, anchored as Prometheus does; undefined where it is faulty. */
function javaScriptRegex(value: string): RegExp | undefined {
  const plain = value
    .replace(/\(\?[imsU]+(?:-[imsU]+)?\)/g, '')
    .replace(/\(\?[imsU]+(?:-[imsU]+)?:/g, '(?:')
    .replace(/\(\?P</g, '(?<')
    .replace(/\[\[:\^?\w+:\]/g, '[a')
    .replace(/\[:\^?\w+:\]/g, 'a')
    .replace(/\\[AzQEpP]/g, '');
  try {
    return new RegExp(`^(?:${plain})$`);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
