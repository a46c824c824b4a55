import type { HclAccessStep, HclExpression } from '../languages/terraform/hclSyntax.ts';
import {
  attributeIn,
  type TerraformDeclaration,
  type TerraformModule,
} from '../languages/terraform/terraformModule.ts';
import type { TerraformProject } from '../languages/terraform/terraformProject.ts';
import { targetOf } from '../languages/terraform/terraformReferences.ts';
import { typeOfVariable } from '../languages/terraform/typeMismatches.ts';
import type { ProviderSchemas } from '../schema/terraform/providerSchemas.ts';
import type { TerraformMember, TerraformValueType } from '../schema/terraform/terraformSchema.ts';
import { ModuleSchemas, valueTypeOf } from './terraformSchemas.ts';

/** References through local values and outputs are followed so far; a longer chain is not read. */
const LONGEST_CHAIN = 12;

const ANY: TerraformValueType = { kind: 'any' };

/** What a reference leads to: its type and, where it ends at an attribute of a schema, that attribute. */
export interface ReferredValue {
  readonly type: TerraformValueType;
  readonly member?: TerraformMember;
}

/** Types of expressions of a module, as far as declarations and schemas tell; `any` elsewhere. */
export class ValueTypes {
  readonly project: TerraformProject;
  readonly #schemas: ProviderSchemas;
  readonly #modules = new Map<TerraformModule, ModuleSchemas>();

  constructor(project: TerraformProject, schemas: ProviderSchemas) {
    this.project = project;
    this.#schemas = schemas;
  }

  of(module: TerraformModule): ModuleSchemas {
    const known = this.#modules.get(module) ?? new ModuleSchemas(this.project, module, this.#schemas);
    this.#modules.set(module, known);
    return known;
  }

  /** What names such as `aws_vpc.main.id` or `module.network.vpc.arn` mean; indexes between the names are left out. */
  referred(module: TerraformModule, names: readonly string[], depth = 0): ReferredValue | undefined {
    const [root, ...rest] = names;
    if (root === undefined || depth > LONGEST_CHAIN) return undefined;
    const steps = rest.map((name): HclAccessStep => ({ kind: 'attribute', name, span: NOWHERE, nameSpan: NOWHERE }));
    const target = targetOf(root, steps);
    const declaration = target && module.byAddress.get(target.address)?.[0];
    if (!target || !declaration) return undefined;
    return this.#declared(module, declaration, rest.slice(target.length), depth);
  }

  /** The type of an expression. */
  typeOf(module: TerraformModule, expression: HclExpression, depth = 0): TerraformValueType {
    switch (expression.kind) {
      case 'template':
        return { kind: 'string' };
      case 'literal':
        return expression.value === null ? ANY : { kind: typeof expression.value === 'number' ? 'number' : 'bool' };
      case 'parentheses':
        return this.typeOf(module, expression.inner, depth);
      case 'tuple': {
        const [first] = expression.items;
        return { kind: 'list', element: first ? this.typeOf(module, first, depth) : ANY };
      }
      case 'access': {
        if (expression.target.kind !== 'variable') return ANY;
        const names = [expression.target.name];
        for (const step of expression.steps) if (step.kind === 'attribute') names.push(step.name);
        const referred = this.referred(module, names, depth + 1)?.type ?? ANY;
        const isIndexed = expression.steps.at(-1)?.kind === 'index';
        const isSplat = expression.steps.some(({ kind }) => kind === 'splat');
        if (isSplat) return { kind: 'list', element: referred };
        return isIndexed && 'element' in referred ? referred.element : referred;
      }
      default:
        return ANY;
    }
  }

  #declared(
    module: TerraformModule,
    declaration: TerraformDeclaration,
    path: readonly string[],
    depth: number,
  ): ReferredValue | undefined {
    const { kind, node } = declaration;
    if (kind === 'local' && node.kind === 'attribute') {
      return follow(this.typeOf(module, node.value, depth + 1), path);
    }
    if (node.kind !== 'block') return undefined;
    if (kind === 'variable') {
      const type = typeOfVariable(declaration);
      return type && follow(valueTypeOf(type), path);
    }
    if (kind === 'module') return this.#output(declaration, path, depth);
    const schema = this.of(module).typeOf(node);
    return schema && follow({ kind: 'object', body: schema.body }, path);
  }

  #output(call: TerraformDeclaration, path: readonly string[], depth: number): ReferredValue | undefined {
    const called = this.project.calledBy(call);
    const [name, ...rest] = path;
    const output = called?.byAddress.get(`output.${name}`)?.[0];
    if (!called || output?.node.kind !== 'block') return undefined;
    const value = attributeIn(output.node.body, 'value');
    return value && follow(this.typeOf(called, value.value, depth + 1), rest);
  }
}

const NOWHERE = { start: 0, end: 0 };

/** Goes down by names, through lists and maps as indexes and splats do. */
function follow(type: TerraformValueType, path: readonly string[]): ReferredValue | undefined {
  let found: ReferredValue = { type };
  for (const name of path) {
    let held = found.type;
    while (held.kind === 'list' || held.kind === 'set') held = held.element;
    if (held.kind === 'map') {
      found = { type: held.element };
      continue;
    }
    const member: TerraformMember | undefined = held.kind === 'object' ? held.body.members.get(name) : undefined;
    if (!member) return undefined;
    found = { type: member.type, member };
  }
  return found;
}
