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

/**
 * Renames what has a name: objects of manifests with all that refer to them, stages, variables, Terraform's declarations.
 * Edits of other files are shown first, where the client can do that.
 */
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
          // What changes before the person's eyes needs no second look; what changes in other files does.
          const preview = {
            label: `Rename to ${params.newName}`,
            needsConfirmation: (uri: string): boolean => uri !== cursor.file.parsed.source.uri,
          };
          return toWorkspaceEdit({ edits: renamed.edits, creates: [] }, workspace, client, preview) ?? null;
        }
        return null;
      }),
    );
  },
};
