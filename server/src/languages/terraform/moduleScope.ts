import { collectionFunctions } from './collectionFunctions.ts';
import { type EvaluationScope, evaluateHcl } from './evaluateHcl.ts';
import { booleanOf, type HclValue, isList, isMap, numberOf, textOf, UNKNOWN } from './hclValue.ts';
import { attributeIn, type TerraformDeclaration, type TerraformModule } from './terraformModule.ts';
import { type TerraformType, typeOf } from './terraformType.ts';

/**
 * The constants of a module: its local values, and its variables by their defaults, which hold where no caller, values
 * file or environment sets another. Everything else is unknown, as are sensitive and ephemeral variables, so that no
 * secret is ever computed.
 */
export function moduleScope(module: TerraformModule): EvaluationScope {
  const known = new Map<string, HclValue>();
  const scope: EvaluationScope = {
    valueOf(root, name) {
      if (name === undefined || (root !== 'var' && root !== 'local')) return UNKNOWN;
      const address = `${root}.${name}`;
      const found = known.get(address);
      if (found !== undefined) return found;
      // A value that refers to itself finds this.
      known.set(address, UNKNOWN);
      const declarations = module.byAddress.get(address) ?? [];
      const value = declarations.length === 1 ? constantOf(declarations[0]!, scope) : UNKNOWN;
      known.set(address, value);
      return value;
    },
  };
  return scope;
}

function constantOf({ node }: TerraformDeclaration, scope: EvaluationScope): HclValue {
  if (node.kind === 'attribute') return evaluateHcl(node.value, scope);
  const fallback = attributeIn(node.body, 'default');
  if (!fallback || isSecret(node.body)) return UNKNOWN;
  const type = attributeIn(node.body, 'type');
  const value = evaluateHcl(fallback.value);
  return type ? convert(value, typeOf(type.value)) : value;
}

/** The variable is marked `sensitive` or `ephemeral`, or may be. */
export function isSecret(body: Parameters<typeof attributeIn>[0]): boolean {
  return ['sensitive', 'ephemeral'].some((name) => {
    const mark = attributeIn(body, name);
    return mark !== undefined && evaluateHcl(mark.value) !== false;
  });
}

function convert(value: HclValue, type: TerraformType): HclValue {
  if (value === UNKNOWN || value === null) return value;
  switch (type.kind) {
    case 'string':
      return textOf(value);
    case 'number':
      return numberOf(value);
    case 'bool':
      return booleanOf(value);
    case 'list':
      return isList(value) ? value.map((item) => convert(item, type.element)) : UNKNOWN;
    case 'set':
      return isList(value) ? collectionFunctions.toset([value.map((item) => convert(item, type.element))]) : UNKNOWN;
    case 'map':
      return isMap(value) ? new Map([...value].map(([key, item]) => [key, convert(item, type.element)])) : UNKNOWN;
    case 'tuple':
      return isList(value) ? value.map((item, index) => convert(item, type.items[index] ?? { kind: 'any' })) : UNKNOWN;
    case 'object': {
      if (!isMap(value)) return UNKNOWN;
      // An optional attribute that is left out has a default that is not computed here.
      const attributes = [...type.attributes].map(
        ([name, attribute]) => [name, value.has(name) ? convert(value.get(name)!, attribute.type) : UNKNOWN] as const,
      );
      return new Map(attributes);
    }
    default:
      return value;
  }
}
