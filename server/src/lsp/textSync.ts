import { TextDocumentSyncKind } from 'vscode-languageserver/node';
import type { LspFeature } from './lspFeature.ts';

/** Keeps the open documents as the client shows them; only what was typed is sent. */
export const textSync: LspFeature = {
  name: 'text synchronisation',
  capabilities: () => ({
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
  }),
  register({ connection, workspace, faults }) {
    connection.onDidOpenTextDocument(
      faults.notification('textDocument/didOpen', ({ textDocument: { uri, version, text } }) =>
        workspace.open(uri, version, text),
      ),
    );
    connection.onDidChangeTextDocument(
      faults.notification('textDocument/didChange', ({ textDocument: { uri, version }, contentChanges }) =>
        workspace.edit(uri, version, contentChanges),
      ),
    );
    connection.onDidCloseTextDocument(
      faults.notification('textDocument/didClose', ({ textDocument: { uri } }) => workspace.close(uri)),
    );
  },
};
