import { type Hover, type HoverParams, MarkupKind } from 'vscode-languageserver/node';
import { explainAt } from '../features/explainAt.ts';
import type { Explanation } from '../features/languageFeatures.ts';
import { askedSources } from './askedSources.ts';
import { cursorAt } from './cursorAt.ts';
import type { LspFeature } from './lspFeature.ts';
import { recognizedPatterns } from './recognizedPatterns.ts';
import { TimeSlice } from './timeSlice.ts';

/** What is known of the thing under the cursor. */
export const hover: LspFeature = {
  name: 'hover',
  capabilities: () => ({ hoverProvider: true }),
  register(session) {
    const { client, connection, faults, workspace } = session;
    const understandsMarkdown = client.textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) ?? false;
    connection.onHover(
      faults.request<HoverParams, Hover | null>('textDocument/hover', null, async (params, token) => {
        // Found in slices, so that typing need not wait for what a hover tells of patterns.
        await recognizedPatterns(session, new TimeSlice(token));
        const cursor = cursorAt(params, workspace);
        if (!cursor) return null;
        const asked = askedSources(session, cursor.file.language.id, 'hover');
        const explanation = explainAt(cursor, asked, (error) => faults.report('hover', error));
        if (!explanation) return null;
        const value = understandsMarkdown ? withCommands(explanation, session.options.commands) : explanation.markdown;
        // What only offers commands says nothing to a client that has none of them.
        if (value === '') return null;
        return {
          contents: {
            kind: understandsMarkdown ? MarkupKind.Markdown : MarkupKind.PlainText,
            value,
          },
          range: cursor.file.parsed.source.range(explanation.span),
        };
      }),
    );
  },
};

/** The words, and below them a link for each command that the client has. Titles hold names of the user: they are text. */
function withCommands({ commands = [], markdown }: Explanation, known: readonly string[]): string {
  const links = commands
    .filter(({ id }) => known.includes(id))
    .map(({ argument, id, title }) => {
      const text = title.replace(/[\\[\]`*_<>&|]/g, (character) => `\\${character}`);
      // Parentheses would end the link.
      const query = encodeURIComponent(JSON.stringify([argument])).replace(
        /[()']/g,
        (character) => `%${character.charCodeAt(0).toString(16)}`,
      );
      return `[${text}](command:${id}?${query})`;
    });
  return [markdown, [...new Set(links)].join('  \n')].filter((part) => part !== '').join('\n\n');
}
