import type { SourceText, Span } from '../../text/sourceText.ts';
import type { HclFile } from './hclSyntax.ts';
import type { TerraformDeclaration, TerraformModule } from './terraformModule.ts';
import type { TerraformProject } from './terraformProject.ts';
import type { TerraformBinding, TerraformReference } from './terraformReferences.ts';

/** A place in a document. */
export interface TerraformPlace {
  readonly source: SourceText;
  readonly span: Span;
}

/** What stands at a cursor: something a module declares, or a name that holds only in an expression or block. */
export type TerraformSymbol =
  | { readonly kind: 'declared'; readonly module: TerraformModule; readonly address: string; readonly at: Span }
  | { readonly kind: 'bound'; readonly binding: TerraformBinding; readonly at: Span };

/** A use of a symbol of one module, written in this module or in one that calls it. */
export interface SymbolUse extends TerraformPlace {
  readonly address: string;
}

/** The symbol whose name the cursor touches, on its declaration or on a use. */
export function symbolAt(
  project: TerraformProject,
  module: TerraformModule,
  file: HclFile,
  offset: number,
): TerraformSymbol | undefined {
  const touches = ({ start, end }: Span): boolean => start <= offset && offset <= end;
  for (const { file: declaring, nameSpan, address } of module.declarations) {
    if (declaring === file && touches(nameSpan)) return { kind: 'declared', module, address, at: nameSpan };
  }
  const { references, bindings } = module.referencesOf(file);
  for (const binding of bindings) {
    const at = [binding.nameSpan, ...binding.uses].find(touches);
    if (at) return { kind: 'bound', binding, at };
  }
  for (const reference of references) {
    if (touches(reference.span))
      return { kind: 'declared', module, address: reference.address, at: reference.nameSpan };
    const use = outputUse(project, module, reference);
    if (use && touches(use.span)) return { kind: 'declared', module: use.module, address: use.address, at: use.span };
  }
  for (const { use, module: called } of argumentUses(project, module)) {
    if (use.source === file.source && touches(use.span)) {
      return { kind: 'declared', module: called, address: use.address, at: use.span };
    }
  }
  return undefined;
}

/** All places that use what `address` names in `module`: references, values of variables, arguments and outputs of calls. */
export function usesOf(project: TerraformProject, module: TerraformModule, address: string): readonly SymbolUse[] {
  const uses: SymbolUse[] = [];
  for (const file of module.files) {
    for (const reference of module.referencesOf(file).references) {
      if (reference.address === address) uses.push({ source: file.source, span: reference.nameSpan, address });
    }
  }
  const isArgument = address.startsWith('var.');
  if (!isArgument && !address.startsWith('output.')) return uses;
  for (const caller of new Set(project.callersOf(module).map((call) => call.module))) {
    if (isArgument) {
      for (const { use, module: called } of argumentUses(project, caller)) {
        if (called === module && use.address === address) uses.push(use);
      }
      continue;
    }
    for (const file of caller.files) {
      for (const reference of caller.referencesOf(file).references) {
        const use = outputUse(project, caller, reference);
        if (use?.module === module && use.address === address)
          uses.push({ source: file.source, span: use.span, address });
      }
    }
  }
  return uses;
}

/** Arguments of a module block that Terraform itself reads. */
export const MODULE_META_ARGUMENTS: ReadonlySet<string> = new Set([
  'count',
  'depends_on',
  'for_each',
  'providers',
  'source',
  'version',
]);

/** The arguments of module blocks, each a use of a variable of the module that is called. */
function argumentUses(
  project: TerraformProject,
  module: TerraformModule,
): readonly { readonly use: SymbolUse; readonly module: TerraformModule; readonly call: TerraformDeclaration }[] {
  const uses: { use: SymbolUse; module: TerraformModule; call: TerraformDeclaration }[] = [];
  for (const call of module.declarations) {
    const called = call.kind === 'module' ? project.calledBy(call) : undefined;
    if (!called || call.node.kind !== 'block') continue;
    for (const item of call.node.body.items) {
      if (item.kind !== 'attribute' || MODULE_META_ARGUMENTS.has(item.name)) continue;
      uses.push({
        use: { source: call.file.source, span: item.nameSpan, address: `var.${item.name}` },
        module: called,
        call,
      });
    }
  }
  return uses;
}

/** The output that `module.network.id` names, as a use of it in the module that is called. */
export function outputUse(
  project: TerraformProject,
  module: TerraformModule,
  reference: TerraformReference,
):
  | { readonly module: TerraformModule; readonly address: string; readonly name: string; readonly span: Span }
  | undefined {
  if (reference.kind !== 'module') return undefined;
  const step = reference.rest.find(({ kind }) => kind === 'attribute');
  const call = module.byAddress.get(reference.address)?.[0];
  const called = call && project.calledBy(call);
  if (!called || step?.kind !== 'attribute' || step.name === '') return undefined;
  return { module: called, address: `output.${step.name}`, name: step.name, span: step.nameSpan };
}
