import type { Span } from '../../text/sourceText.ts';
import { isValuesFile } from './terraformFileNames.ts';
import { blocksIn, type TerraformDeclaration, type TerraformModule } from './terraformModule.ts';
import type { TerraformProblem } from './terraformProblem.ts';
import type { TerraformReference } from './terraformReferences.ts';

/** Second declarations of one address. Override files may repeat what another file declares. */
export function duplicateDeclarations(module: TerraformModule): readonly TerraformProblem[] {
  const problems: TerraformProblem[] = [];
  for (const [address, declarations] of module.byAddress) {
    const [first, ...others] = declarations.filter(({ overrides }) => !overrides);
    if (!first) continue;
    for (const other of others) {
      problems.push({
        code: 'duplicate-declaration',
        source: other.file.source,
        span: other.nameSpan,
        message: `${withoutPrefix(address)} is already declared in ${fileName(first)}.`,
        related: [{ source: first.file.source, span: first.nameSpan, message: 'First declared here.' }],
      });
    }
  }
  return problems;
}

/**
 * Variables, local values, data sources and provider aliases that nothing in the module uses. Data sources with
 * conditions, and those of a check block, act by being there.
 */
export function unusedDeclarations(module: TerraformModule): readonly TerraformProblem[] {
  if (module.isPartial || module.files.some(({ problems }) => problems.length > 0)) return [];
  const uses = new Map<string, TerraformReference[]>();
  for (const file of module.files) {
    for (const reference of module.referencesOf(file).references) {
      if (isValuesFile(file.source.uri)) continue;
      uses.set(reference.address, [...(uses.get(reference.address) ?? []), reference]);
    }
  }
  return module.declarations
    .filter((declaration) => mayBeUnused(declaration) && !declaration.overrides)
    .filter(({ address, file, span }) => {
      const others = uses.get(address)?.filter((use) => use.file !== file || !isInside(use.span, span)) ?? [];
      return others.length === 0;
    })
    .map(({ address, file, nameSpan }) => ({
      code: 'unused-declaration',
      source: file.source,
      span: nameSpan,
      message: `Nothing in this module uses ${withoutPrefix(address)}.`,
    }));
}

function mayBeUnused({ kind, node, address, file }: TerraformDeclaration): boolean {
  if (kind === 'variable' || kind === 'local') return true;
  if (kind === 'provider') return address.split('.').length === 3;
  if (kind !== 'data' || node.kind !== 'block') return false;
  const hasConditions = blocksIn(node.body, 'lifecycle').length > 0;
  return !hasConditions && file.body.items.includes(node);
}

function isInside(inner: Span, outer: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

function withoutPrefix(address: string): string {
  return address.replace(/^(provider|output)\./, '$1 ');
}

function fileName({ file }: TerraformDeclaration): string {
  return file.source.uri.slice(file.source.uri.lastIndexOf('/') + 1).replaceAll('%20', ' ');
}
