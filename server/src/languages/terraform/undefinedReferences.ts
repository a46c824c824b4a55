import type { HclFile } from './hclSyntax.ts';
import { attributeIn, type TerraformModule } from './terraformModule.ts';
import type { TerraformProblem } from './terraformProblem.ts';
import type { TerraformProject } from './terraformProject.ts';
import type { TerraformBareName, TerraformKind, TerraformReference } from './terraformReferences.ts';
import { outputUse } from './terraformSymbol.ts';

const NOUNS: Readonly<Record<TerraformKind, string>> = {
  variable: 'variable',
  local: 'local value',
  resource: 'resource',
  data: 'data source',
  ephemeral: 'ephemeral resource',
  module: 'module call',
  output: 'output',
  provider: 'provider configuration',
};

/**
 * References to what is not declared: variables, local values, resources, data sources, module calls, provider
 * configurations, outputs of modules that are known; `each` and `count` where nothing sets them; bare words. Nothing is
 * said where files of the folder were not read, or where a half-typed file may hold the declaration.
 */
export function undefinedReferences(project: TerraformProject, module: TerraformModule): readonly TerraformProblem[] {
  if (module.isPartial) return [];
  const problems: TerraformProblem[] = [];
  for (const file of module.files) {
    const { references, builtIns, bareWords } = module.referencesOf(file);
    for (const reference of references) {
      const problem = undeclared(module, reference) ?? undefinedOutput(project, module, reference);
      if (problem) problems.push(problem);
    }
    for (const builtIn of builtIns) problems.push(...unsetBuiltIn(builtIn), ...undefinedBuiltIn(builtIn));
    for (const word of bareWords) problems.push(bareWord(word));
  }
  return problems;
}

function undeclared(module: TerraformModule, reference: TerraformReference): TerraformProblem | undefined {
  const { address, name, kind, file, span } = reference;
  if (!isUndeclared(module, reference)) return undefined;
  if (kind === 'provider') {
    const isPassed = module.requiredProviders.some(({ aliases }) => aliases.includes(address));
    if (isPassed) return undefined;
  }
  const shown = kind === 'provider' ? address.slice('provider.'.length) : kind === 'resource' ? address : name;
  return {
    code: 'undefined-reference',
    source: file.source,
    span,
    message: `No ${NOUNS[kind]} ${shown} is declared in this module.`,
  };
}

/** Nothing in the module's files declares what the reference means, though it must be there. */
export function isUndeclared(module: TerraformModule, { mustExist, address, name }: TerraformReference): boolean {
  return mustExist && !module.isPartial && !module.byAddress.has(address) && !mayBeHidden(module, name);
}

/** A file that cannot be read in full may declare this name. */
function mayBeHidden(module: TerraformModule, name: string): boolean {
  const declaring = new RegExp(`["\\s]${name}["\\s]*(?:[={]|$)`, 'mu');
  return module.files.some(({ problems, source }) => problems.length > 0 && declaring.test(source.text));
}

function undefinedOutput(
  project: TerraformProject,
  module: TerraformModule,
  reference: TerraformReference,
): TerraformProblem | undefined {
  const use = outputUse(project, module, reference);
  if (!use || use.module.isPartial || use.module.byAddress.has(use.address) || mayBeHidden(use.module, use.name))
    return undefined;
  const message = `The module ${reference.name} has no output ${use.name}.`;
  return { code: 'undefined-output', source: reference.file.source, span: use.span, message };
}

const SET_BY: Readonly<Record<string, string>> = { each: 'for_each', count: 'count' };

function unsetBuiltIn({ name, span, block, file }: TerraformBareName): TerraformProblem[] {
  const setter = SET_BY[name];
  if (setter === undefined || !block || block.unclosed) return [];
  const repeats = /^(resource|data|ephemeral|module|import)$/.test(block.type);
  if (repeats && (attributeIn(block.body, setter) || hasProblemIn(file, block.span.start, block.span.end))) return [];
  const message = repeats
    ? `${name} has no meaning here: this ${block.type} block sets no ${setter}.`
    : `${name} has no meaning in a ${block.type} block.`;
  // A check block holds a data source of its own, and other blocks may come to allow it.
  return repeats || ['locals', 'output', 'provider', 'variable'].includes(block.type)
    ? [{ code: 'unset-iteration', source: file.source, span, message }]
    : [];
}

/** What follows the names that Terraform itself gives. */
const BUILT_IN_ATTRIBUTES: ReadonlyMap<string, readonly string[]> = new Map([
  ['path', ['cwd', 'module', 'root']],
  ['terraform', ['applying', 'workspace']],
]);

/** Blocks of the top level in which no object is meant that could call itself `self`. */
const WITHOUT_SELF: ReadonlySet<string> = new Set(['locals', 'module', 'output', 'provider', 'variable']);

function undefinedBuiltIn({ name, span, steps, block, file }: TerraformBareName): TerraformProblem[] {
  const code = 'undefined-reference';
  if (name === 'self' && block && WITHOUT_SELF.has(block.type)) {
    return [{ code, source: file.source, span, message: `self has no meaning in a ${block.type} block.` }];
  }
  const [step] = steps;
  const known = BUILT_IN_ATTRIBUTES.get(name);
  if (!known || step?.kind !== 'attribute' || step.name === '' || known.includes(step.name)) return [];
  const message = `${name} has no attribute ${step.name}.`;
  return [{ code, source: file.source, span: { start: span.start, end: step.span.end }, message }];
}

function hasProblemIn(file: HclFile, start: number, end: number): boolean {
  return file.problems.some(({ span }) => span.start >= start && span.end <= end);
}

function bareWord({ name, span, file }: TerraformBareName): TerraformProblem {
  const message = `${name} alone is not a reference; a text stands in quotes.`;
  return { code: 'bare-word', source: file.source, span, message };
}
