import type { HclCall, HclFile } from './hclSyntax.ts';
import { functionNamed, type TerraformFunction } from './terraformFunctions.ts';
import type { TerraformModule } from './terraformModule.ts';
import type { TerraformProblem } from './terraformProblem.ts';
import { walkHcl } from './walkHcl.ts';

/** Functions whose repeated parameter may stand at most once. */
const AT_MOST_ONE_MORE: ReadonlySet<string> = new Set(['bcrypt', 'lookup']);

/** What a type constraint is written with. */
const TYPE_CONSTRUCTORS: ReadonlySet<string> = new Set(['list', 'map', 'object', 'optional', 'set', 'tuple']);

/** Functions that other versions or OpenTofu know. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'base64gunzip',
  'cidrcontains',
  'list',
  'map',
  'symtable',
  'urldecode',
]);

/** Calls of functions that do not exist, and calls with too few or too many arguments. */
export function functionProblems(module: TerraformModule): readonly TerraformProblem[] {
  return module.files.flatMap((file) => problemsIn(file));
}

function problemsIn(file: HclFile): TerraformProblem[] {
  const problems: TerraformProblem[] = [];
  for (const item of file.body.items) {
    const isVariable = item.kind === 'block' && item.type === 'variable';
    walkHcl(item, (node) => {
      if (isVariable && node.kind === 'attribute' && node.name === 'type') return false;
      const message = node.kind === 'call' ? faultOf(node) : undefined;
      if (node.kind === 'call' && message !== undefined) {
        problems.push({ code: 'wrong-call', source: file.source, span: node.nameSpan, message });
      }
      return true;
    });
  }
  return problems;
}

function faultOf(call: HclCall): string | undefined {
  const name = call.name.replace(/^core::/, '');
  if (name.includes('::')) return undefined;
  const found = functionNamed(name);
  if (!found) {
    return ELSEWHERE.has(name) || TYPE_CONSTRUCTORS.has(name) ? undefined : `Terraform has no function ${name}.`;
  }
  // An argument that is still to be typed counts neither way.
  if (call.expanded || call.arguments.some(({ kind }) => kind === 'missing')) return undefined;
  const count = call.arguments.length;
  const least = found.parameters.length;
  const most = mostArguments(found);
  if (count >= least && count <= most) return undefined;
  const wanted = least === most ? String(least) : count < least ? `at least ${least}` : `at most ${most}`;
  return `${found.name} takes ${wanted} ${wanted.endsWith('1') ? 'argument' : 'arguments'}, not ${count}.`;
}

function mostArguments(found: TerraformFunction): number {
  if (!found.variadic) return found.parameters.length;
  return AT_MOST_ONE_MORE.has(found.name) ? found.parameters.length + 1 : Number.POSITIVE_INFINITY;
}
