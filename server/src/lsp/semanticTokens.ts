import {
  type SemanticTokens,
  SemanticTokensBuilder,
  type SemanticTokensParams,
  type SemanticTokensRangeParams,
  SemanticTokensRefreshRequest,
} from 'vscode-languageserver/node';
import { gather } from '../features/gather.ts';
import { type FileState, type SemanticToken, TOKEN_TYPES } from '../features/languageFeatures.ts';
import type { Span } from '../text/sourceText.ts';
import { askedSources } from './askedSources.ts';
import { fileStateOf } from './fileStateOf.ts';
import type { LspFeature } from './lspFeature.ts';
import { refreshWith } from './refreshWith.ts';
import type { Session } from './session.ts';

const NOTHING: SemanticTokens = { data: [] };

/** Colours by meaning: references that another file answers, the parts of template actions. */
export const semanticTokens: LspFeature = {
  name: 'semantic tokens',
  capabilities: ({ textDocument }) =>
    textDocument?.semanticTokens
      ? {
          semanticTokensProvider: {
            legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: ['declaration'] },
            full: true,
            range: true,
          },
        }
      : {},
  register(session) {
    const { client, connection, faults, workspace } = session;
    if (!client.textDocument?.semanticTokens) return;
    connection.languages.semanticTokens.on(
      faults.request<SemanticTokensParams, SemanticTokens>(
        'textDocument/semanticTokens/full',
        NOTHING,
        ({ textDocument }) => {
          const state = fileStateOf(textDocument, workspace);
          return state ? encode(state, { start: 0, end: state.file.parsed.source.text.length }, session) : NOTHING;
        },
      ),
    );
    connection.languages.semanticTokens.onRange(
      faults.request<SemanticTokensRangeParams, SemanticTokens>(
        'textDocument/semanticTokens/range',
        NOTHING,
        ({ range, textDocument }) => {
          const state = fileStateOf(textDocument, workspace);
          if (!state) return NOTHING;
          const { source } = state.file.parsed;
          return encode(state, { start: source.offsetAt(range.start), end: source.offsetAt(range.end) }, session);
        },
      ),
    );
    if (client.workspace?.semanticTokens?.refreshSupport) {
      refreshWith(session, 'semantic tokens', () => void connection.sendRequest(SemanticTokensRefreshRequest.type));
    }
  },
};

/** In document order, without overlaps, and no token over a line's end: all that clients understand. */
function encode(state: FileState, within: Span, session: Session): SemanticTokens {
  const { source } = state.file.parsed;
  const asked = askedSources(session, state.file.language.id, 'semanticTokens');
  const tokens = gather<SemanticToken>(
    asked,
    (from) => from.tokens?.(state),
    (error) => session.faults.report('semantic tokens', error),
  )
    .filter(({ span }) => span.end > within.start && span.start < within.end)
    .sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  const builder = new SemanticTokensBuilder();
  let last = 0;
  for (const { isDeclaration, span, type } of tokens) {
    if (span.start < last) continue;
    const { start, end } = source.range(span);
    for (let line = start.line; line <= end.line; line++) {
      const from = line === start.line ? start.character : 0;
      const lineSpan = source.lineSpan(line);
      const to = line === end.line ? end.character : lineSpan.end - lineSpan.start;
      if (to > from) builder.push(line, from, to - from, TOKEN_TYPES.indexOf(type), isDeclaration ? 1 : 0);
    }
    last = span.end;
  }
  return builder.build();
}
