import type { HclFile } from './hclSyntax.ts';
import type { TerraformModule } from './terraformModule.ts';
import type { TerraformProject } from './terraformProject.ts';
import { symbolAt, type TerraformPlace, usesOf } from './terraformSymbol.ts';

/** Where the name at the cursor is declared: the names of the declarations. */
export function definitionsAt(
  project: TerraformProject,
  module: TerraformModule,
  file: HclFile,
  offset: number,
): readonly TerraformPlace[] {
  const symbol = symbolAt(project, module, file, offset);
  if (!symbol) return [];
  if (symbol.kind === 'bound') return [{ source: file.source, span: symbol.binding.nameSpan }];
  const declarations = symbol.module.byAddress.get(symbol.address) ?? [];
  return declarations.map((declaration) => ({ source: declaration.file.source, span: declaration.nameSpan }));
}

/** Where the name at the cursor is used, in this module and in those that call it. */
export function referencesAt(
  project: TerraformProject,
  module: TerraformModule,
  file: HclFile,
  offset: number,
): readonly TerraformPlace[] {
  const symbol = symbolAt(project, module, file, offset);
  if (!symbol) return [];
  if (symbol.kind === 'bound') return symbol.binding.uses.map((span) => ({ source: file.source, span }));
  return usesOf(project, symbol.module, symbol.address).map(({ source, span }) => ({ source, span }));
}
