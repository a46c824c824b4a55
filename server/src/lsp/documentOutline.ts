import {
  type DocumentSymbol,
  type DocumentSymbolParams,
  type SymbolInformation,
  SymbolKind,
} from 'vscode-languageserver/node';
import type { OutlineItem } from '../languages/language.ts';
import type { SourceText } from '../text/sourceText.ts';
import { canonicalUri } from './canonicalUri.ts';
import { isYielded } from './initializationOptions.ts';
import type { LspFeature } from './lspFeature.ts';

const SYMBOL_KINDS: Readonly<Record<OutlineItem['kind'], SymbolKind>> = {
  resource: SymbolKind.Class,
  block: SymbolKind.Struct,
  stage: SymbolKind.Module,
  instruction: SymbolKind.Method,
  field: SymbolKind.Field,
  variable: SymbolKind.Variable,
};

/** The outline of a document: nested where the client can show that, else as a list. */
export const documentOutline: LspFeature = {
  name: 'outline',
  capabilities: () => ({ documentSymbolProvider: { label: 'Slipway' } }),
  register({ client, connection, faults, options, workspace }) {
    const isNested = client.textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport ?? false;
    connection.onDocumentSymbol(
      faults.request<DocumentSymbolParams, DocumentSymbol[] | SymbolInformation[]>(
        'textDocument/documentSymbol',
        [],
        ({ textDocument }) => {
          const file = workspace.snapshot().files.get(canonicalUri(textDocument.uri));
          if (!file || isYielded(options, file.language.id, 'outline')) return [];
          const items = file.language.outline(file.parsed);
          const { source } = file.parsed;
          return isNested
            ? items.map((item) => nested(item, source))
            : flat(items, source, undefined, textDocument.uri);
        },
      ),
    );
  },
};

function nested({ children, detail, kind, name, nameSpan, span }: OutlineItem, source: SourceText): DocumentSymbol {
  // The protocol demands a name, and that the name lies within the whole; half-typed text keeps neither promise.
  const whole = { start: Math.min(span.start, nameSpan.start), end: Math.max(span.end, nameSpan.end) };
  return {
    name: name.trim() === '' ? '(unnamed)' : name,
    ...(detail === undefined ? {} : { detail }),
    kind: SYMBOL_KINDS[kind],
    range: source.range(whole),
    selectionRange: source.range(nameSpan),
    children: children.map((child) => nested(child, source)),
  };
}

function flat(
  items: readonly OutlineItem[],
  source: SourceText,
  container: string | undefined,
  uri: string,
): SymbolInformation[] {
  return items.flatMap((item) => [
    {
      name: item.name.trim() === '' ? '(unnamed)' : item.name,
      kind: SYMBOL_KINDS[item.kind],
      location: { uri, range: source.range(item.span) },
      ...(container === undefined ? {} : { containerName: container }),
    },
    ...flat(item.children, source, item.name, uri),
  ]);
}
