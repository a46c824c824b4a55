import {
  type InlayHintParams,
  InlayHintRefreshRequest,
  type InlayHint as ProtocolHint,
} from 'vscode-languageserver/node';
import { gather } from '../features/gather.ts';
import type { InlayHint } from '../features/languageFeatures.ts';
import { Answered } from './answered.ts';
import { askedSources } from './askedSources.ts';
import { fileStateOf } from './fileStateOf.ts';
import type { LspFeature } from './lspFeature.ts';
import { refreshWith } from './refreshWith.ts';

/** Words that are drawn into the visible lines: what a selector matches, how long retries may take. */
export const inlayHints: LspFeature = {
  name: 'inlay hints',
  capabilities: ({ textDocument }) =>
    textDocument?.inlayHint ? { inlayHintProvider: { resolveProvider: resolvesTooltip(textDocument.inlayHint) } } : {},
  register(session) {
    const { client, connection, faults, workspace } = session;
    const wanted = client.textDocument?.inlayHint;
    if (!wanted) return;
    const isLazy = resolvesTooltip(wanted);
    const answered = new Answered<InlayHint>();
    connection.languages.inlayHint.on(
      faults.request<InlayHintParams, ProtocolHint[]>('textDocument/inlayHint', [], ({ range, textDocument }) => {
        const state = fileStateOf(textDocument, workspace);
        if (!state) return [];
        const { source } = state.file.parsed;
        const span = { start: source.offsetAt(range.start), end: source.offsetAt(range.end) };
        const asked = askedSources(session, state.file.language.id, 'hints');
        const found = gather(
          asked,
          ({ hints }) => hints?.(state, span),
          (error) => faults.report('inlay hints', error),
        ).filter(({ offset }) => offset >= span.start && offset <= span.end);
        const marks = answered.keep(source.uri, found);
        return found.map((hint, index) => ({
          position: source.positionAt(hint.offset),
          label: hint.label,
          paddingLeft: true,
          ...(isLazy ? { data: marks[index] } : tooltipOf(hint)),
        }));
      }),
    );
    if (isLazy) {
      connection.languages.inlayHint.resolve(
        faults.request<ProtocolHint, ProtocolHint>('inlayHint/resolve', UNRESOLVED, (sent) => {
          const hint = answered.find(sent.data);
          return hint ? { ...sent, ...tooltipOf(hint) } : sent;
        }),
      );
    }
    if (client.workspace?.inlayHint?.refreshSupport) {
      refreshWith(session, 'inlay hints', () => void connection.sendRequest(InlayHintRefreshRequest.type));
    }
  },
};

/** What a client gets for a hint that could not be looked at again. */
const UNRESOLVED: ProtocolHint = { position: { line: 0, character: 0 }, label: '' };

function resolvesTooltip(client: { resolveSupport?: { properties: string[] } }): boolean {
  return client.resolveSupport?.properties.includes('tooltip') ?? false;
}

function tooltipOf(hint: InlayHint): Partial<ProtocolHint> {
  const value = hint.tooltip?.();
  return value === undefined ? {} : { tooltip: { kind: 'markdown', value } };
}
