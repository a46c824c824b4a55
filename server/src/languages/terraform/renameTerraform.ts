import type { Span, TextEdit } from '../../text/sourceText.ts';
import type { HclFile } from './hclSyntax.ts';
import type { TerraformModule } from './terraformModule.ts';
import { definitionsAt } from './terraformNavigation.ts';
import type { TerraformProject } from './terraformProject.ts';
import { symbolAt, type TerraformPlace, type TerraformSymbol, usesOf } from './terraformSymbol.ts';

/** The edits of a rename, or why there is none. */
export type TerraformRename =
  | { readonly kind: 'edits'; readonly edits: readonly TextEdit[] }
  | { readonly kind: 'refused'; readonly reason: string };

const NAME = /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u;

/** What a rename at the cursor would replace, and its present name; undefined when nothing there can be renamed. */
export function renameRangeAt(
  project: TerraformProject,
  module: TerraformModule,
  file: HclFile,
  offset: number,
): { readonly span: Span; readonly name: string } | undefined {
  const symbol = symbolAt(project, module, file, offset);
  if (!symbol || refusal(symbol)) return undefined;
  return { span: symbol.at, name: file.source.slice(symbol.at) };
}

/**
 * Renames what stands at the cursor, in all files of the module: declarations, references, values of variables, and in
 * the modules that call it, arguments and outputs. With `keepState`, renaming a resource or a module call adds a
 * `moved` block, so that Terraform does not destroy and create anew what it manages.
 */
export function renameAt(
  project: TerraformProject,
  module: TerraformModule,
  file: HclFile,
  offset: number,
  newName: string,
  { keepState = false } = {},
): TerraformRename {
  const symbol = symbolAt(project, module, file, offset);
  if (!symbol) return refused('There is no name here that can be renamed.');
  if (!NAME.test(newName)) return refused(`${JSON.stringify(newName)} is not a name in Terraform.`);
  const reason = refusal(symbol) ?? conflict(symbol, newName);
  if (reason) return refused(reason);
  const places = placesOf(project, module, file, offset, symbol);
  const edits = places.map(({ source, span }) => ({ uri: source.uri, span, newText: newName }));
  const moved = keepState && symbol.kind === 'declared' ? movedBlock(symbol, newName) : [];
  if (!moved) return refused('No file of this module can take the moved block that keeps the state.');
  return { kind: 'edits', edits: [...edits, ...moved] };
}

function placesOf(
  project: TerraformProject,
  module: TerraformModule,
  file: HclFile,
  offset: number,
  symbol: TerraformSymbol,
): readonly TerraformPlace[] {
  const definitions = definitionsAt(project, module, file, offset);
  const uses =
    symbol.kind === 'bound'
      ? symbol.binding.uses.map((span) => ({ source: file.source, span }))
      : usesOf(project, symbol.module, symbol.address);
  const unique = new Map([...definitions, ...uses].map((place) => [`${place.source.uri}#${place.span.start}`, place]));
  return [...unique.values()];
}

function refusal(symbol: TerraformSymbol): string | undefined {
  if (symbol.kind === 'bound') {
    const { kind, nameSpan, file } = symbol.binding;
    const isLabel = kind === 'iterator' && file.source.text[nameSpan.start - 1] === '"';
    return isLabel
      ? 'This name is the type of the block that is generated; set `iterator` to choose another.'
      : undefined;
  }
  if (!symbol.module.byAddress.has(symbol.address)) return 'What this refers to is not declared in this module.';
  if (/^provider\.[^.]+$/.test(symbol.address)) return 'The name of a provider is not chosen here.';
  if (symbol.module.folder.includes('/.terraform/')) return 'This module was downloaded; changes to it would be lost.';
  return undefined;
}

function conflict(symbol: TerraformSymbol, newName: string): string | undefined {
  if (symbol.kind === 'bound') return undefined;
  const address = withName(symbol.address, newName);
  return address !== symbol.address && symbol.module.byAddress.has(address)
    ? `${address} is already declared.`
    : undefined;
}

function withName(address: string, name: string): string {
  return address.slice(0, address.lastIndexOf('.') + 1) + name;
}

/**
 * Appended to the file that declares what is renamed; where that is JSON, to another in the native syntax. Undefined where
 * there is none.
 */
function movedBlock(
  symbol: Extract<TerraformSymbol, { kind: 'declared' }>,
  newName: string,
): readonly TextEdit[] | undefined {
  const declaration = symbol.module.byAddress.get(symbol.address)?.[0];
  if (!declaration || (declaration.kind !== 'resource' && declaration.kind !== 'module')) return [];
  const native = [declaration.file, ...symbol.module.files].find(({ source }) => /\.(?:tf|tofu)$/.test(source.uri));
  if (!native) return undefined;
  const { source } = native;
  const { lineBreak, text } = source;
  const lines = ['', 'moved {', `  from = ${symbol.address}`, `  to   = ${withName(symbol.address, newName)}`, '}', ''];
  const newText = (text === '' || text.endsWith('\n') ? '' : lineBreak) + lines.join(lineBreak);
  return [{ uri: source.uri, span: { start: text.length, end: text.length }, newText }];
}

function refused(reason: string): TerraformRename {
  return { kind: 'refused', reason };
}
