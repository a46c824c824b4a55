import {
  type DocumentHighlight,
  DocumentHighlightKind,
  type DocumentHighlightParams,
} from 'vscode-languageserver/node';
import { highlightsAt } from '../features/highlightsAt.ts';
import { askedSources } from './askedSources.ts';
import { cursorAt } from './cursorAt.ts';
import type { LspFeature } from './lspFeature.ts';

/** Every occurrence in this file of the thing under the cursor. */
export const documentHighlights: LspFeature = {
  name: 'document highlights',
  capabilities: () => ({ documentHighlightProvider: true }),
  register(session) {
    const { connection, faults, workspace } = session;
    connection.onDocumentHighlight(
      faults.request<DocumentHighlightParams, DocumentHighlight[]>('textDocument/documentHighlight', [], (params) => {
        const cursor = cursorAt(params, workspace);
        if (!cursor) return [];
        const { source } = cursor.file.parsed;
        const asked = askedSources(session, cursor.file.language.id, 'highlight');
        return highlightsAt(cursor, asked, (error) => faults.report('highlights', error)).map(({ kind, span }) => ({
          range: source.range(span),
          kind: kind === 'write' ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
        }));
      }),
    );
  },
};
