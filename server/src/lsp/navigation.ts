import type { DefinitionParams, Location, ReferenceParams } from 'vscode-languageserver/node';
import { placesAt } from '../features/placesAt.ts';
import { askedSources } from './askedSources.ts';
import { cursorAt } from './cursorAt.ts';
import type { LspFeature } from './lspFeature.ts';
import { toLocation } from './toLocation.ts';

/** From a reference to what it stands for, and back to everything that refers to it, across files and languages. */
export const navigation: LspFeature = {
  name: 'navigation',
  capabilities: () => ({ definitionProvider: true, referencesProvider: true }),
  register(session) {
    const { connection, faults, workspace } = session;
    connection.onDefinition(
      faults.request<DefinitionParams, Location[]>('textDocument/definition', [], (params) => {
        const cursor = cursorAt(params, workspace);
        if (!cursor) return [];
        const asked = askedSources(session, cursor.file.language.id);
        return placesAt(cursor, asked, 'definitions', (error) => faults.report('definition', error)).map(toLocation);
      }),
    );
    connection.onReferences(
      faults.request<ReferenceParams, Location[]>('textDocument/references', [], (params) => {
        const cursor = cursorAt(params, workspace);
        if (!cursor) return [];
        const asked = askedSources(session, cursor.file.language.id);
        const onFault = (error: unknown): void => faults.report('references', error);
        const uses = placesAt(cursor, asked, 'references', onFault);
        const definitions = params.context.includeDeclaration ? placesAt(cursor, asked, 'definitions', onFault) : [];
        return [...definitions, ...uses].map(toLocation);
      }),
    );
  },
};
