import type { DocumentFormattingParams, TextEdit } from 'vscode-languageserver/node';
import { askedSources } from './askedSources.ts';
import { canonicalUri } from './canonicalUri.ts';
import type { LspFeature } from './lspFeature.ts';

/** Brings a whole document into the usual form of its language. */
export const formatting: LspFeature = {
  name: 'formatting',
  capabilities: () => ({ documentFormattingProvider: true }),
  register(session) {
    const { connection, faults, workspace } = session;
    connection.onDocumentFormatting(
      faults.request<DocumentFormattingParams, TextEdit[]>(
        'textDocument/formatting',
        [],
        ({ options, textDocument }) => {
          const file = workspace.snapshot().files.get(canonicalUri(textDocument.uri));
          if (!file) return [];
          const { source } = file.parsed;
          const indent = options.insertSpaces ? ' '.repeat(options.tabSize) : '\t';
          for (const asked of askedSources(session, file.language.id, 'formatting')) {
            const edits = asked.format?.(file, { indent });
            if (edits) return edits.map(({ newText, span }) => ({ range: source.range(span), newText }));
          }
          return [];
        },
      ),
    );
  },
};
