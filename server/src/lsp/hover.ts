import { type Hover, type HoverParams, MarkupKind } from 'vscode-languageserver/node';
import { explainAt } from '../features/explainAt.ts';
import { askedSources } from './askedSources.ts';
import { cursorAt } from './cursorAt.ts';
import type { LspFeature } from './lspFeature.ts';

/** What is known of the thing under the cursor. */
export const hover: LspFeature = {
  name: 'hover',
  capabilities: () => ({ hoverProvider: true }),
  register(session) {
    const { client, connection, faults, workspace } = session;
    const understandsMarkdown = client.textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) ?? false;
    connection.onHover(
      faults.request<HoverParams, Hover | null>('textDocument/hover', null, (params) => {
        const cursor = cursorAt(params, workspace);
        if (!cursor) return null;
        const asked = askedSources(session, cursor.file.language.id, 'hover');
        const explanation = explainAt(cursor, asked, (error) => faults.report('hover', error));
        if (!explanation) return null;
        return {
          contents: {
            kind: understandsMarkdown ? MarkupKind.Markdown : MarkupKind.PlainText,
            value: explanation.markdown,
          },
          range: cursor.file.parsed.source.range(explanation.span),
        };
      }),
    );
  },
};
