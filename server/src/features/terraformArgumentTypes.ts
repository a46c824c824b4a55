import type { HclExpression } from '../languages/terraform/hclSyntax.ts';
import { attributeIn, type TerraformModule } from '../languages/terraform/terraformModule.ts';
import { targetOf } from '../languages/terraform/terraformReferences.ts';
import type { TerraformType } from '../languages/terraform/terraformType.ts';
import { type TerraformValueType, valueTypeText } from '../schema/terraform/terraformSchema.ts';
import type { ValueTypes } from './terraformValueTypes.ts';

/**
 * The part of a schema's type that constants are checked against; undefined where a structure may be written in several
 * ways.
 */
export function checkedType(type: TerraformValueType): TerraformType | undefined {
  switch (type.kind) {
    case 'string':
    case 'number':
    case 'bool':
      return { kind: type.kind };
    case 'list':
    case 'set':
    case 'map': {
      const element = checkedType(type.element);
      // Objects are lenient: the bindings may show one where the provider takes a map, and the other way round.
      return element && { kind: type.kind, element };
    }
    default:
      return undefined;
  }
}

/**
 * What a whole reference is, where it certainly does not fit: a single text for a list, or a list for a single value.
 * References with indexes, splats or to what is repeated are left alone.
 */
export function referenceMismatch(
  types: ValueTypes,
  module: TerraformModule,
  value: HclExpression,
  wanted: TerraformValueType,
): string | undefined {
  if (value.kind !== 'access' || value.target.kind !== 'variable') return undefined;
  const names = [value.target.name];
  for (const step of value.steps) {
    if (step.kind !== 'attribute') return undefined;
    names.push(step.name);
  }
  const target = targetOf(value.target.name, value.steps);
  const declarations = (target && module.byAddress.get(target.address)) ?? [];
  const [declaration] = declarations;
  if (declarations.length !== 1 || declaration?.node.kind !== 'block') return undefined;
  if (attributeIn(declaration.node.body, 'count') || attributeIn(declaration.node.body, 'for_each')) return undefined;
  if (declaration.kind !== 'resource' && declaration.kind !== 'data') return undefined;
  const found = types.referred(module, names)?.type;
  if (!found) return undefined;
  const isSingle = (type: TerraformValueType): boolean => ['string', 'number', 'bool'].includes(type.kind);
  const isMany = (type: TerraformValueType): boolean => type.kind === 'list' || type.kind === 'set';
  const differs = (isSingle(wanted) && (isMany(found) || found.kind === 'map')) || (isMany(wanted) && isSingle(found));
  return differs ? `a ${valueTypeText(found)}` : undefined;
}
