import {
  LSPErrorCodes,
  type PrepareRenameParams,
  type Range,
  type RenameParams,
  ResponseError,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { askedSources } from './askedSources.ts';
import { cursorAt } from './cursorAt.ts';
import type { LspFeature } from './lspFeature.ts';
import { toWorkspaceEdit } from './toWorkspaceEdit.ts';

/** Renames what has a name of its own in a file's language: stages, variables, Terraform's declarations. */
export const rename: LspFeature = {
  name: 'rename',
  capabilities: (client) => ({
    renameProvider: client.textDocument?.rename?.prepareSupport ? { prepareProvider: true } : true,
  }),
  register(session) {
    const { client, connection, faults, workspace } = session;
    if (client.textDocument?.rename?.prepareSupport) {
      connection.onPrepareRename(
        faults.request<PrepareRenameParams, Range | null>('textDocument/prepareRename', null, (params) => {
          const cursor = cursorAt(params, workspace);
          if (!cursor) return null;
          for (const source of askedSources(session, cursor.file.language.id)) {
            const span = source.renameSpan?.(cursor);
            if (span) return cursor.file.parsed.source.range(span);
          }
          return null;
        }),
      );
    }
    connection.onRenameRequest(
      faults.request<RenameParams, WorkspaceEdit | null>('textDocument/rename', null, (params) => {
        const cursor = cursorAt(params, workspace);
        if (!cursor) return null;
        for (const source of askedSources(session, cursor.file.language.id)) {
          const renamed = source.rename?.(cursor, params.newName);
          if (!renamed) continue;
          if (renamed.status === 'refused') throw new ResponseError(LSPErrorCodes.RequestFailed, renamed.reason);
          return toWorkspaceEdit({ edits: renamed.edits, creates: [] }, workspace, client) ?? null;
        }
        return null;
      }),
    );
  },
};
