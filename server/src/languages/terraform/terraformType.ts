import type { HclExpression } from './hclSyntax.ts';
import { plainText } from './terraformModule.ts';

/** A type constraint of a variable. */
export type TerraformType =
  | { readonly kind: 'any' | 'string' | 'number' | 'bool' }
  | { readonly kind: 'list' | 'set' | 'map'; readonly element: TerraformType }
  | { readonly kind: 'tuple'; readonly items: readonly TerraformType[] }
  | {
      readonly kind: 'object';
      readonly attributes: ReadonlyMap<string, { readonly type: TerraformType; readonly optional: boolean }>;
    };

const ANY: TerraformType = { kind: 'any' };

/** Reads a type constraint. What cannot be read is `any`, of which nothing is concluded. */
export function typeOf(expression: HclExpression): TerraformType {
  switch (expression.kind) {
    case 'variable':
      return named(expression.name);
    case 'template': {
      // The form of Terraform 0.11: `type = "list"`.
      const name = plainText(expression);
      return name === undefined ? ANY : named(name);
    }
    case 'call': {
      const [argument] = expression.arguments;
      if (!argument) return ANY;
      switch (expression.name) {
        case 'list':
        case 'set':
        case 'map':
          return { kind: expression.name, element: typeOf(argument) };
        case 'tuple':
          return argument.kind === 'tuple' ? { kind: 'tuple', items: argument.items.map(typeOf) } : ANY;
        case 'object':
          return objectType(argument);
        default:
          return ANY;
      }
    }
    default:
      return ANY;
  }
}

function named(name: string): TerraformType {
  switch (name) {
    case 'string':
    case 'number':
    case 'bool':
      return { kind: name };
    case 'list':
    case 'set':
    case 'map':
      return { kind: name, element: ANY };
    default:
      return ANY;
  }
}

function objectType(argument: HclExpression): TerraformType {
  if (argument.kind !== 'object') return ANY;
  const attributes = new Map<string, { type: TerraformType; optional: boolean }>();
  for (const { key, value } of argument.entries) {
    const name = key.kind === 'variable' ? key.name : plainText(key);
    if (name === undefined) return ANY;
    const optional = value.kind === 'call' && value.name === 'optional';
    const type = optional ? value.arguments[0] : value;
    attributes.set(name, { type: type ? typeOf(type) : ANY, optional });
  }
  return { kind: 'object', attributes };
}

/** The type as it is written. */
export function typeText(type: TerraformType): string {
  switch (type.kind) {
    case 'list':
    case 'set':
    case 'map':
      return `${type.kind}(${typeText(type.element)})`;
    case 'tuple':
      return `tuple([${type.items.map(typeText).join(', ')}])`;
    case 'object': {
      const attributes = [...type.attributes].map(([name, { type: inner, optional }]) =>
        optional ? `${name} = optional(${typeText(inner)})` : `${name} = ${typeText(inner)}`,
      );
      return `object({ ${attributes.join(', ')} })`;
    }
    default:
      return type.kind;
  }
}
