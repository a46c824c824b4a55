import { MarkupKind, type SignatureHelp, type SignatureHelpParams } from 'vscode-languageserver/node';
import { askedSources } from './askedSources.ts';
import { cursorAt } from './cursorAt.ts';
import type { LspFeature } from './lspFeature.ts';

/** The parameters of the function that is being written. */
export const signatureHelp: LspFeature = {
  name: 'signature help',
  capabilities: () => ({ signatureHelpProvider: { triggerCharacters: ['(', ','] } }),
  register(session) {
    const { connection, faults, workspace } = session;
    connection.onSignatureHelp(
      faults.request<SignatureHelpParams, SignatureHelp | null>('textDocument/signatureHelp', null, (params) => {
        const cursor = cursorAt(params, workspace);
        if (!cursor) return null;
        for (const source of askedSources(session, cursor.file.language.id, 'completion')) {
          const signature = source.signature?.(cursor);
          if (!signature) continue;
          const { active, documentation, label, parameters } = signature;
          return {
            signatures: [
              {
                label,
                documentation: { kind: MarkupKind.Markdown, value: documentation },
                parameters: parameters.map((parameter) => ({ label: parameter })),
              },
            ],
            activeSignature: 0,
            ...(active === undefined ? {} : { activeParameter: active }),
          };
        }
        return null;
      }),
    );
  },
};
