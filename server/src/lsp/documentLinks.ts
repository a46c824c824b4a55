import type { DocumentLinkParams, DocumentLink as ProtocolLink } from 'vscode-languageserver/node';
import { gather } from '../features/gather.ts';
import { askedSources } from './askedSources.ts';
import { fileStateOf } from './fileStateOf.ts';
import type { LspFeature } from './lspFeature.ts';

/** Text that leads to another document: a file, the manifest of another object. */
export const documentLinks: LspFeature = {
  name: 'document links',
  capabilities: () => ({ documentLinkProvider: { resolveProvider: false } }),
  register(session) {
    const { client, connection, faults, workspace } = session;
    const showsTooltips = client.textDocument?.documentLink?.tooltipSupport ?? false;
    connection.onDocumentLinks(
      faults.request<DocumentLinkParams, ProtocolLink[]>('textDocument/documentLink', [], ({ textDocument }) => {
        const state = fileStateOf(textDocument, workspace);
        if (!state) return [];
        const { source } = state.file.parsed;
        const asked = askedSources(session, state.file.language.id, 'links');
        const links = gather(
          asked,
          (from) => from.links?.(state),
          (error) => faults.report('document links', error),
        );
        // Two sources may lead the same words to the same place; editors would show both.
        const bySpan = new Map(links.map((link) => [`${link.span.start} ${link.span.end}`, link]));
        return [...bySpan.values()].map(({ span, target, tooltip }) => ({
          range: source.range(span),
          target,
          ...(showsTooltips && tooltip !== undefined ? { tooltip } : {}),
        }));
      }),
    );
  },
};
