import { constantFunctions } from './constantFunctions.ts';
import type {
  HclAccessStep,
  HclBinary,
  HclCall,
  HclConditional,
  HclExpression,
  HclFor,
  HclObject,
  HclTemplatePart,
} from './hclSyntax.ts';
import {
  booleanOf,
  exact,
  type HclValue,
  isList,
  isMap,
  isWhollyKnown,
  numberOf,
  sortedEntries,
  textOf,
  UNKNOWN,
} from './hclValue.ts';

/** Where references get their values from. */
export interface EvaluationScope {
  /** Value of `root.name` (`var.region`, `local.tags`, `each.key`), or of `root` alone; `UNKNOWN` when it is not certain. */
  valueOf(root: string, name: string | undefined): HclValue;
}

/** Knows no reference. */
export const emptyScope: EvaluationScope = { valueOf: () => UNKNOWN };

/** Left-deep chains of operators may be longer than the parser's nesting; beyond this depth the answer is unknown. */
const DEEPEST = 500;
/** Loops that would give more items than this are not followed. */
const MOST_ITEMS = 4096;

/**
 * The value of an expression, as far as it is certain: `UNKNOWN` where a reference, a function or a part of it is not
 * known, or where Terraform would report an error.
 */
export function evaluateHcl(expression: HclExpression, scope: EvaluationScope = emptyScope): HclValue {
  return new Evaluator(scope).expression(expression);
}

class Evaluator {
  readonly #scope: EvaluationScope;
  readonly #names: Map<string, HclValue>;
  #depth = 0;

  constructor(scope: EvaluationScope, names = new Map<string, HclValue>()) {
    this.#scope = scope;
    this.#names = names;
  }

  expression(expression: HclExpression): HclValue {
    if (this.#depth >= DEEPEST) return UNKNOWN;
    this.#depth++;
    const value = this.#compute(expression);
    this.#depth--;
    return value;
  }

  #compute(expression: HclExpression): HclValue {
    switch (expression.kind) {
      case 'literal':
        return typeof expression.value === 'number' ? exact(expression.value) : expression.value;
      case 'template':
        return this.#template(expression.parts);
      case 'tuple':
        return expression.items.map((item) => this.expression(item));
      case 'object':
        return this.#object(expression);
      case 'for':
        return this.#for(expression);
      case 'variable':
        return this.#name(expression.name);
      case 'access':
        return this.#access(expression.target, expression.steps);
      case 'call':
        return this.#call(expression);
      case 'conditional':
        return this.#conditional(expression);
      case 'unary': {
        const operand = this.expression(expression.operand);
        if (expression.operator === '!') {
          const value = booleanOf(operand);
          return value === UNKNOWN ? UNKNOWN : !value;
        }
        const value = numberOf(operand);
        return value === UNKNOWN ? UNKNOWN : exact(-value);
      }
      case 'binary':
        return this.#binary(expression);
      case 'parentheses':
        return this.expression(expression.inner);
      case 'missing':
        return UNKNOWN;
    }
  }

  #name(name: string): HclValue {
    return this.#names.has(name) ? this.#names.get(name)! : this.#scope.valueOf(name, undefined);
  }

  #template(parts: readonly HclTemplatePart[]): HclValue {
    // A template that is one interpolation gives that value, whatever its type.
    const [only] = parts;
    if (parts.length === 1 && only?.kind === 'interpolation') return this.expression(only.value);
    return this.#text(parts);
  }

  #text(parts: readonly HclTemplatePart[]): string | typeof UNKNOWN {
    let text = '';
    for (const part of parts) {
      const piece = this.#piece(part);
      if (piece === UNKNOWN) return UNKNOWN;
      text += piece;
    }
    return text;
  }

  #piece(part: HclTemplatePart): string | typeof UNKNOWN {
    switch (part.kind) {
      case 'text':
        return part.value;
      case 'interpolation':
        return textOf(this.expression(part.value));
      case 'templateIf': {
        const condition = booleanOf(this.expression(part.condition));
        if (condition === UNKNOWN) return UNKNOWN;
        return this.#text(condition ? part.consequent : part.alternative);
      }
      case 'templateFor': {
        const pairs = pairsOf(this.expression(part.collection));
        if (!pairs || !part.valueName) return UNKNOWN;
        let text = '';
        for (const [key, value] of pairs) {
          const piece = this.#with([part.keyName?.name, key], [part.valueName.name, value]).#text(part.parts);
          if (piece === UNKNOWN) return UNKNOWN;
          text += piece;
        }
        return text;
      }
    }
  }

  #object(expression: HclObject): HclValue {
    const map = new Map<string, HclValue>();
    for (const { key, value } of expression.entries) {
      const name = key.kind === 'variable' ? key.name : textOf(this.expression(key));
      if (name === UNKNOWN) return UNKNOWN;
      map.set(name, this.expression(value));
    }
    return map;
  }

  #for(expression: HclFor): HclValue {
    const { keyName, valueName, condition, key, value, grouped, makesObject } = expression;
    const pairs = pairsOf(this.expression(expression.collection));
    if (!pairs || !valueName || grouped) return UNKNOWN;
    const list: HclValue[] = [];
    const map = new Map<string, HclValue>();
    for (const [index, item] of pairs) {
      const inner = this.#with([keyName?.name, index], [valueName.name, item]);
      const wanted = condition ? booleanOf(inner.expression(condition)) : true;
      if (wanted === UNKNOWN) return UNKNOWN;
      if (!wanted) continue;
      const result = inner.expression(value);
      if (!makesObject) list.push(result);
      else {
        const name = key ? textOf(inner.expression(key)) : UNKNOWN;
        if (name === UNKNOWN || map.has(name)) return UNKNOWN;
        map.set(name, result);
      }
    }
    return makesObject ? map : list;
  }

  #with(...bindings: readonly (readonly [string | undefined, HclValue])[]): Evaluator {
    const names = new Map(this.#names);
    for (const [name, value] of bindings) if (name !== undefined) names.set(name, value);
    const inner = new Evaluator(this.#scope, names);
    inner.#depth = this.#depth;
    return inner;
  }

  #access(target: HclExpression, steps: readonly HclAccessStep[]): HclValue {
    const [first] = steps;
    if (target.kind === 'variable' && first?.kind === 'attribute' && !this.#names.has(target.name)) {
      return this.#steps(this.#scope.valueOf(target.name, first.name), steps, 1);
    }
    return this.#steps(this.expression(target), steps, 0);
  }

  #steps(start: HclValue, steps: readonly HclAccessStep[], from: number): HclValue {
    let value = start;
    for (let index = from; index < steps.length; index++) {
      if (value === UNKNOWN) return UNKNOWN;
      const step = steps[index]!;
      if (step.kind === 'splat') return this.#splat(value, steps, index + 1, step.full);
      const key: HclValue = step.kind === 'attribute' ? step.name : this.expression(step.key);
      value = itemOf(value, key);
    }
    return value;
  }

  #splat(value: HclValue, steps: readonly HclAccessStep[], from: number, full: boolean): HclValue {
    // An attribute-only splat takes only the attributes that follow; an index then picks from the result.
    let end = steps.length;
    if (!full) {
      end = from;
      while (steps[end]?.kind === 'attribute') end++;
    }
    const items: readonly HclValue[] = value === null ? [] : isList(value) ? value : [value];
    const result = items.map((item) => this.#steps(item, steps.slice(0, end), from));
    return full ? result : this.#steps(result, steps, end);
  }

  #call(expression: HclCall): HclValue {
    const { name } = expression;
    if (name === 'can' || name === 'try') return this.#try(expression);
    const compute = constantFunctions.get(name);
    if (!compute) return UNKNOWN;
    const values: HclValue[] = expression.arguments.map((argument) => this.expression(argument));
    if (expression.expanded) {
      const last = values.pop();
      if (last === undefined || !isList(last)) return UNKNOWN;
      values.push(...last.slice(0, MOST_ITEMS));
    }
    return compute(values);
  }

  /** An error and an unknown value look the same here, so only a first argument that is known decides. */
  #try(expression: HclCall): HclValue {
    const [first] = expression.arguments;
    if (!first || expression.expanded) return UNKNOWN;
    const value = this.expression(first);
    if (!isWhollyKnown(value)) return UNKNOWN;
    return expression.name === 'can' ? true : value;
  }

  #conditional(expression: HclConditional): HclValue {
    const condition = booleanOf(this.expression(expression.condition));
    if (condition === UNKNOWN) return UNKNOWN;
    const chosen = this.expression(condition ? expression.consequent : expression.alternative);
    if (typeof chosen !== 'number' && typeof chosen !== 'boolean') return chosen;
    // Both results get one type: beside a string, a number or a bool becomes a string.
    const other = this.expression(condition ? expression.alternative : expression.consequent);
    if (other === null || typeof other === typeof chosen) return chosen;
    return typeof other === 'string' ? textOf(chosen) : UNKNOWN;
  }

  #binary(expression: HclBinary): HclValue {
    const { operator } = expression;
    const left = this.expression(expression.left);
    const right = this.expression(expression.right);
    if (left === UNKNOWN || right === UNKNOWN) return UNKNOWN;
    if (operator === '==' || operator === '!=') {
      const same = sameValue(left, right);
      return same === UNKNOWN ? UNKNOWN : same === (operator === '==');
    }
    if (operator === '&&' || operator === '||') {
      const a = booleanOf(left);
      const b = booleanOf(right);
      if (a === UNKNOWN || b === UNKNOWN) return UNKNOWN;
      return operator === '&&' ? a && b : a || b;
    }
    const a = numberOf(left);
    const b = numberOf(right);
    return a === UNKNOWN || b === UNKNOWN ? UNKNOWN : arithmetic(operator, a, b);
  }
}

function arithmetic(operator: HclBinary['operator'], a: number, b: number): HclValue {
  switch (operator) {
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    case '+':
      return exact(a + b);
    case '-':
      return exact(a - b);
    case '*':
      return exact(a * b);
    case '/':
      return b === 0 ? UNKNOWN : exact(a / b);
    case '%':
      return b === 0 || !Number.isInteger(a) || !Number.isInteger(b) ? UNKNOWN : exact(a % b);
    default:
      return UNKNOWN;
  }
}

/** Values of different types are never equal; whether two collections have the same type is not known here. */
function sameValue(a: HclValue, b: HclValue): boolean | typeof UNKNOWN {
  if (a === null || b === null) return a === b;
  if (typeof a === 'object' || typeof b === 'object') return typeof a === typeof b ? UNKNOWN : false;
  return a === b;
}

/** Keys and values in the order in which Terraform goes through them. */
function pairsOf(value: HclValue): (readonly [HclValue, HclValue])[] | undefined {
  if (isList(value)) return value.length > MOST_ITEMS ? undefined : value.map((item, index) => [index, item]);
  return isMap(value) && value.size <= MOST_ITEMS ? sortedEntries(value) : undefined;
}

function itemOf(value: HclValue, key: HclValue): HclValue {
  if (isList(value)) {
    const index = numberOf(key);
    return index !== UNKNOWN && Number.isInteger(index) && index >= 0 && index < value.length ? value[index]! : UNKNOWN;
  }
  if (!isMap(value)) return UNKNOWN;
  const name = textOf(key);
  return name === UNKNOWN || !value.has(name) ? UNKNOWN : value.get(name)!;
}
