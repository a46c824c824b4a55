import type { HclCursor } from './hclCursor.ts';
import type {
  HclAccessStep,
  HclBinaryOperator,
  HclCall,
  HclExpression,
  HclFor,
  HclName,
  HclObject,
  HclObjectEntry,
} from './hclSyntax.ts';
import { HclToken, type HclTokenKind } from './hclTokens.ts';
import { parseHclTemplate } from './parseHclTemplate.ts';

/** How tightly an operator binds; all of them group to the left. */
const PRECEDENCE = new Map<HclTokenKind, number>([
  [HclToken.or, 1],
  [HclToken.and, 2],
  [HclToken.equal, 3],
  [HclToken.notEqual, 3],
  [HclToken.less, 4],
  [HclToken.lessOrEqual, 4],
  [HclToken.greater, 4],
  [HclToken.greaterOrEqual, 4],
  [HclToken.plus, 5],
  [HclToken.minus, 5],
  [HclToken.star, 6],
  [HclToken.slash, 6],
  [HclToken.percent, 6],
]);

/** Reads one expression. Where none stands, says so and gives a `missing` node; the cursor then has not moved. */
export function parseHclExpression(cursor: HclCursor): HclExpression {
  return cursor.nested(() => parseConditional(cursor)) ?? missing(cursor);
}

function missing(cursor: HclCursor): HclExpression {
  return { kind: 'missing', span: { start: cursor.lastEnd, end: cursor.lastEnd } };
}

function parseConditional(cursor: HclCursor): HclExpression {
  const condition = parseBinary(cursor, 1);
  if (!cursor.accept(HclToken.question)) return condition;
  const consequent = parseHclExpression(cursor);
  let alternative: HclExpression;
  if (cursor.accept(HclToken.colon)) alternative = parseHclExpression(cursor);
  else {
    cursor.problem('missing-colon', 'A conditional needs a : between its two results.');
    alternative = missing(cursor);
  }
  return { kind: 'conditional', span: from(cursor, condition.span.start), condition, consequent, alternative };
}

function parseBinary(cursor: HclCursor, lowest: number): HclExpression {
  let left = parseUnary(cursor);
  for (;;) {
    const precedence = PRECEDENCE.get(cursor.kind);
    if (precedence === undefined || precedence < lowest) return left;
    const operator = cursor.word as HclBinaryOperator;
    const operatorSpan = cursor.span;
    cursor.next();
    const right = parseBinary(cursor, precedence + 1);
    left = { kind: 'binary', span: from(cursor, left.span.start), operator, operatorSpan, left, right };
  }
}

function parseUnary(cursor: HclCursor): HclExpression {
  if (!cursor.is(HclToken.minus) && !cursor.is(HclToken.not)) return parseAccess(cursor);
  const { start } = cursor;
  const operator = cursor.is(HclToken.minus) ? '-' : '!';
  cursor.next();
  const operand = cursor.nested(() => parseUnary(cursor)) ?? missing(cursor);
  return { kind: 'unary', span: from(cursor, start), operator, operand };
}

function parseAccess(cursor: HclCursor): HclExpression {
  const target = parseTerm(cursor);
  if (target.kind === 'missing') return target;
  const steps: HclAccessStep[] = [];
  for (;;) {
    if (cursor.is(HclToken.dot)) parseDot(cursor, steps);
    else if (cursor.is(HclToken.openBracket)) steps.push(parseIndex(cursor));
    else break;
  }
  return steps.length === 0 ? target : { kind: 'access', span: from(cursor, target.span.start), target, steps };
}

function parseDot(cursor: HclCursor, steps: HclAccessStep[]): void {
  const { start } = cursor;
  cursor.next();
  if (cursor.is(HclToken.identifier) && !cursor.atNewItem) {
    const name = cursor.word;
    const nameSpan = cursor.span;
    cursor.next();
    steps.push({ kind: 'attribute', span: from(cursor, start), name, nameSpan });
  } else if (cursor.is(HclToken.star)) {
    if (isInAttributeSplat(steps)) cursor.problem('nested-splat', 'A .* may not follow another; use [*].');
    cursor.next();
    steps.push({ kind: 'splat', span: from(cursor, start), full: false });
  } else if (cursor.is(HclToken.number)) {
    if (cursor.word.includes('.')) cursor.problem('legacy-index', 'Two indexes in a row need brackets, as in [0][1].');
    // `a.0.1` is cut into `a`, `.` and the number `0.1`.
    let position = cursor.start;
    let stepStart = start;
    for (const digits of cursor.word.split('.')) {
      const span = { start: position, end: position + digits.length };
      steps.push({
        kind: 'index',
        span: { start: stepStart, end: span.end },
        key: { kind: 'literal', span, value: Number(digits) },
        legacy: true,
      });
      stepStart = span.end;
      position = span.end + 1;
    }
    cursor.next();
  } else {
    cursor.problem('missing-name', 'A name must follow the dot.');
    const end = cursor.lastEnd;
    steps.push({ kind: 'attribute', span: { start, end }, name: '', nameSpan: { start: end, end } });
  }
}

/** Attributes and old-form indexes after `.*` still belong to it. */
function isInAttributeSplat(steps: readonly HclAccessStep[]): boolean {
  const last = steps.findLast((step) => step.kind === 'splat' || (step.kind === 'index' && !step.legacy));
  return last?.kind === 'splat' && !last.full;
}

function parseIndex(cursor: HclCursor): HclAccessStep {
  const { start } = cursor;
  cursor.next();
  return cursor.within(false, () => {
    if (cursor.is(HclToken.star)) {
      cursor.next();
      close(cursor, HclToken.closeBracket, start, '[');
      return { kind: 'splat', span: from(cursor, start), full: true };
    }
    const key = parseHclExpression(cursor);
    close(cursor, HclToken.closeBracket, start, '[');
    return { kind: 'index', span: from(cursor, start), key, legacy: false };
  });
}

function parseTerm(cursor: HclCursor): HclExpression {
  const { start } = cursor;
  switch (cursor.kind) {
    case HclToken.number:
      return parseNumber(cursor);
    case HclToken.identifier:
      return parseWord(cursor);
    case HclToken.openQuote:
    case HclToken.openHeredoc:
      return parseHclTemplate(cursor, parseHclExpression);
    case HclToken.openParen:
      cursor.next();
      return cursor.within(false, () => {
        const inner = parseHclExpression(cursor);
        close(cursor, HclToken.closeParen, start, '(');
        return { kind: 'parentheses', span: from(cursor, start), inner };
      });
    case HclToken.openBracket:
      cursor.next();
      return cursor.within(false, () =>
        cursor.isWord('for') ? parseFor(cursor, start, HclToken.closeBracket) : parseTuple(cursor, start),
      );
    case HclToken.openBrace:
      cursor.next();
      if (cursor.within(false, () => cursor.isWord('for'))) {
        return cursor.within(false, () => parseFor(cursor, start, HclToken.closeBrace));
      }
      return cursor.within(true, () => parseObject(cursor, start));
    default:
      cursor.problem('missing-value', 'A value is expected here.');
      return missing(cursor);
  }
}

function parseNumber(cursor: HclCursor): HclExpression {
  const value = Number(cursor.word);
  const { span } = cursor;
  if (Number.isNaN(value)) cursor.problem('invalid-number', `${cursor.word} is not a number.`);
  cursor.next();
  return Number.isNaN(value) ? { kind: 'missing', span } : { kind: 'literal', span, value };
}

function parseWord(cursor: HclCursor): HclExpression {
  if (cursor.atNewItem && cursor.newlinesAreSkipped) {
    // The bracket around this place was not closed, and its own reader says so.
    return missing(cursor);
  }
  const { span } = cursor;
  let name = cursor.word;
  cursor.next();
  while (cursor.is(HclToken.doubleColon)) {
    cursor.next();
    name += '::';
    if (cursor.is(HclToken.identifier)) {
      name += cursor.word;
      cursor.next();
    } else cursor.problem('missing-name', 'A function name must follow the ::.');
  }
  if (cursor.is(HclToken.openParen)) return parseCall(cursor, name, { start: span.start, end: cursor.lastEnd });
  if (name.includes('::')) {
    cursor.problem('missing-parenthesis', `${name} is the name of a function and needs its arguments in parentheses.`);
    return { kind: 'missing', span: from(cursor, span.start) };
  }
  if (name === 'true' || name === 'false') return { kind: 'literal', span, value: name === 'true' };
  if (name === 'null') return { kind: 'literal', span, value: null };
  return { kind: 'variable', span, name };
}

function parseCall(cursor: HclCursor, name: string, nameSpan: { start: number; end: number }): HclCall {
  const open = cursor.start;
  cursor.next();
  return cursor.within(false, () => {
    const values: HclExpression[] = [];
    let expanded = false;
    while (!cursor.is(HclToken.closeParen) && !cursor.is(HclToken.endOfFile)) {
      values.push(parseHclExpression(cursor));
      if (cursor.accept(HclToken.ellipsis)) {
        expanded = true;
        break;
      }
      if (!cursor.accept(HclToken.comma)) break;
    }
    close(cursor, HclToken.closeParen, open, '(');
    const end = cursor.lastEnd;
    return {
      kind: 'call',
      span: { start: nameSpan.start, end },
      name,
      nameSpan,
      argumentsSpan: { start: open, end },
      arguments: values,
      expanded,
    };
  });
}

function parseTuple(cursor: HclCursor, start: number): HclExpression {
  const items: HclExpression[] = [];
  while (!cursor.is(HclToken.closeBracket) && !cursor.is(HclToken.endOfFile)) {
    items.push(parseHclExpression(cursor));
    if (!cursor.accept(HclToken.comma)) break;
  }
  close(cursor, HclToken.closeBracket, start, '[');
  return { kind: 'tuple', span: from(cursor, start), items };
}

function parseObject(cursor: HclCursor, start: number): HclObject {
  const entries: HclObjectEntry[] = [];
  const indent = cursor.lineIndent;
  for (;;) {
    cursor.skipNewlines();
    if (cursor.accept(HclToken.closeBrace)) break;
    if (cursor.is(HclToken.endOfFile) || cursor.is(HclToken.closeTemplate) || endsByIndentation(cursor, indent)) {
      cursor.problems.add('unclosed-bracket', start, start + 1, 'This { is not closed.');
      break;
    }
    entries.push(parseObjectEntry(cursor));
    if (cursor.is(HclToken.newline) || cursor.is(HclToken.closeBrace) || cursor.accept(HclToken.comma)) continue;
    cursor.problem('missing-comma', 'A comma or a line break must stand between two entries.');
    cursor.skipTo(HclToken.newline, HclToken.comma, HclToken.closeBrace);
    cursor.accept(HclToken.comma);
  }
  return { kind: 'object', span: from(cursor, start), entries };
}

/** Only when brackets did not match: a line that is indented less than an object's first line is not part of it. */
function endsByIndentation(cursor: HclCursor, indent: number): boolean {
  if (!cursor.recovering || !cursor.atLineStart) return false;
  if (cursor.is(HclToken.closeBrace)) return cursor.column < indent;
  return cursor.column <= indent && (indent > 0 || cursor.looksLikeBlock);
}

function parseObjectEntry(cursor: HclCursor): HclObjectEntry {
  const { start } = cursor;
  const before = cursor.index;
  const key = parseHclExpression(cursor);
  let value: HclExpression = missing(cursor);
  if (cursor.accept(HclToken.assign) || cursor.accept(HclToken.colon)) value = parseHclExpression(cursor);
  else {
    if (key.kind !== 'missing') cursor.problem('missing-equals', 'An = must follow the key.');
    if (cursor.index === before) cursor.next();
    cursor.skipTo(HclToken.newline, HclToken.comma, HclToken.closeBrace);
    value = missing(cursor);
  }
  return { span: from(cursor, Math.min(start, key.span.start)), key, value };
}

function parseFor(cursor: HclCursor, start: number, closing: HclTokenKind): HclFor {
  cursor.next();
  const makesObject = closing === HclToken.closeBrace;
  const expression = {
    keyName: undefined as HclName | undefined,
    valueName: undefined as HclName | undefined,
    collection: missing(cursor),
    key: undefined as HclExpression | undefined,
    value: missing(cursor),
    grouped: false,
    condition: undefined as HclExpression | undefined,
  };
  expression.valueName = parseName(cursor);
  if (expression.valueName && cursor.accept(HclToken.comma)) {
    expression.keyName = expression.valueName;
    expression.valueName = parseName(cursor);
  }
  if (!cursor.isWord('in')) cursor.problem('missing-in', 'A for-expression reads `for name in collection : result`.');
  else {
    cursor.next();
    expression.collection = parseHclExpression(cursor);
    expression.value = missing(cursor);
    if (!cursor.accept(HclToken.colon)) cursor.problem('missing-colon', 'A : must follow the collection.');
    else parseForResult(cursor, expression, makesObject);
  }
  close(cursor, closing, start, makesObject ? '{' : '[');
  return { kind: 'for', span: from(cursor, start), makesObject, ...expression };
}

function parseForResult(
  cursor: HclCursor,
  expression: {
    key: HclExpression | undefined;
    value: HclExpression;
    grouped: boolean;
    condition: HclExpression | undefined;
  },
  makesObject: boolean,
): void {
  expression.value = parseHclExpression(cursor);
  if (cursor.is(HclToken.arrow)) {
    if (!makesObject) cursor.problem('unexpected-arrow', 'Only a for-expression in braces has a key.');
    cursor.next();
    expression.key = expression.value;
    expression.value = parseHclExpression(cursor);
    if (cursor.accept(HclToken.ellipsis)) expression.grouped = true;
  } else if (makesObject) cursor.problem('missing-arrow', 'A for-expression in braces reads `key => value`.');
  if (cursor.isWord('if')) {
    cursor.next();
    expression.condition = parseHclExpression(cursor);
  }
}

function parseName(cursor: HclCursor): HclName | undefined {
  if (!cursor.is(HclToken.identifier)) {
    cursor.problem('missing-name', 'A name is expected here.');
    return undefined;
  }
  const name = { name: cursor.word, span: cursor.span };
  cursor.next();
  return name;
}

/** Takes the closing bracket; where it is missing, skips to it unless a new argument or block begins before. */
function close(cursor: HclCursor, closing: HclTokenKind, open: number, bracket: string): void {
  if (cursor.accept(closing)) return;
  const quiet = cursor.problems.count;
  if (!cursor.is(HclToken.endOfFile) && !cursor.atNewItem && !cursor.is(HclToken.closeBrace)) {
    cursor.problem('unexpected-token', `A comma or the end of this ${bracket} is expected here.`);
    cursor.skipTo(closing);
    if (cursor.accept(closing)) return;
  }
  if (cursor.problems.count === quiet) {
    cursor.problems.add('unclosed-bracket', open, open + 1, `This ${bracket} is not closed.`);
  }
}

function from(cursor: HclCursor, start: number): { start: number; end: number } {
  return { start, end: Math.max(start, cursor.lastEnd) };
}
