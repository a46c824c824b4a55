import { type Hover, type HoverParams, MarkupKind } from 'vscode-languageserver/node';
import { explainAt } from '../features/explainAt.ts';
import { cursorAt } from './cursorAt.ts';
import { isYielded } from './initializationOptions.ts';
import type { LspFeature } from './lspFeature.ts';

/** What is known of the thing under the cursor. */
export const hover: LspFeature = {
  name: 'hover',
  capabilities: () => ({ hoverProvider: true }),
  register({ client, connection, faults, options, sources, workspace }) {
    const understandsMarkdown = client.textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) ?? false;
    connection.onHover(
      faults.request<HoverParams, Hover | null>('textDocument/hover', null, (params) => {
        const cursor = cursorAt(params, workspace);
        if (!cursor) return null;
        const { language } = cursor.file;
        const generic = isYielded(options, language.id, 'hover') ? [] : (sources.generic[language.id] ?? []);
        const explanation = explainAt(cursor, [...sources.own, ...generic], (error) => faults.report('hover', error));
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
