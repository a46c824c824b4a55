import { type SymbolInformation, SymbolKind, type WorkspaceSymbolParams } from 'vscode-languageserver/node';
import { namePlace } from '../features/namePlace.ts';
import type { LspFeature } from './lspFeature.ts';
import { toLocation } from './toLocation.ts';

/** A list longer than this helps nobody; the query narrows it. */
const MOST_SYMBOLS = 500;

/** Finds the resources of the workspace by name or kind. */
export const workspaceSymbols: LspFeature = {
  name: 'workspace symbols',
  capabilities: () => ({ workspaceSymbolProvider: true }),
  register({ connection, faults, workspace }) {
    connection.onWorkspaceSymbol(
      faults.request<WorkspaceSymbolParams, SymbolInformation[]>('workspace/symbol', [], ({ query }) => {
        const seen = new Set<string>();
        const symbols: SymbolInformation[] = [];
        for (const resource of workspace.snapshot().graph.all()) {
          const { kind, name, namespace } = resource;
          if (name === undefined || !hasInOrder(`${kind} ${name}`, query)) continue;
          const location = toLocation(namePlace(resource));
          // A file that several sets include defines its resources once.
          const key = `${location.uri} ${location.range.start.line}`;
          if (seen.has(key)) continue;
          seen.add(key);
          symbols.push({
            name,
            kind: SymbolKind.Class,
            location,
            containerName: namespace ? `${kind} in ${namespace}` : kind,
          });
          if (symbols.length === MOST_SYMBOLS) break;
        }
        return symbols;
      }),
    );
  },
};

/** As editors match: the characters of the query, in their order, in any case, with anything between. */
function hasInOrder(text: string, query: string): boolean {
  const haystack = text.toLowerCase();
  let from = 0;
  for (const character of query.toLowerCase().replaceAll(' ', '')) {
    const index = haystack.indexOf(character, from);
    if (index < 0) return false;
    from = index + 1;
  }
  return true;
}
