import type { DocumentOnTypeFormattingParams, TextEdit } from 'vscode-languageserver/node';
import { askedSources } from './askedSources.ts';
import { cursorAt } from './cursorAt.ts';
import type { LspFeature } from './lspFeature.ts';

/** Follows the typing: the indentation of a new line, a closing bracket's place. */
export const onTypeFormatting: LspFeature = {
  name: 'on-type formatting',
  capabilities: () => ({
    documentOnTypeFormattingProvider: { firstTriggerCharacter: '\n', moreTriggerCharacter: ['}', ']', '-'] },
  }),
  register(session) {
    const { connection, faults, workspace } = session;
    connection.onDocumentOnTypeFormatting(
      faults.request<DocumentOnTypeFormattingParams, TextEdit[]>('textDocument/onTypeFormatting', [], (params) => {
        const cursor = cursorAt(params, workspace);
        if (!cursor) return [];
        const { source } = cursor.file.parsed;
        // YAML is indented by spaces whatever the editor is set to.
        const indent = ' '.repeat(params.options.tabSize);
        for (const asked of askedSources(session, cursor.file.language.id, 'typing')) {
          const edits = asked.formatTyped?.(cursor, params.ch, { indent });
          if (edits) return edits.map(({ newText, span }) => ({ range: source.range(span), newText }));
        }
        return [];
      }),
    );
  },
};
