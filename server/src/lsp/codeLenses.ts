import { type CodeLens, type CodeLensParams, CodeLensRefreshRequest, type Command } from 'vscode-languageserver/node';
import { gather } from '../features/gather.ts';
import type { FileState, Lens, ResolvedLens } from '../features/languageFeatures.ts';
import { Answered } from './answered.ts';
import { askedSources } from './askedSources.ts';
import { fileStateOf } from './fileStateOf.ts';
import type { LspFeature } from './lspFeature.ts';
import { refreshWith } from './refreshWith.ts';
import type { Session } from './session.ts';
import { toLocation } from './toLocation.ts';

/** The command with which our own client shows places in a list; others show the words alone. */
const SHOW_PLACES = '_slipway.showPlaces';

/** What stands above a manifest: who selects it, routes to it and uses it, and what can be done with it. */
export const codeLenses: LspFeature = {
  name: 'code lenses',
  capabilities: ({ textDocument }) => (textDocument?.codeLens ? { codeLensProvider: { resolveProvider: true } } : {}),
  register(session) {
    const { client, connection, faults, workspace } = session;
    if (!client.textDocument?.codeLens) return;
    const answered = new Answered<Lens>();
    const lensesOf = (state: FileState): Lens[] =>
      gather(
        askedSources(session, state.file.language.id, 'lenses'),
        ({ lenses }) => lenses?.(state),
        (error) => faults.report('code lenses', error),
      ).filter(({ command }) => command === undefined || session.options.commands.includes(command));
    connection.onCodeLens(
      faults.request<CodeLensParams, CodeLens[]>('textDocument/codeLens', [], ({ textDocument }) => {
        const state = fileStateOf(textDocument, workspace);
        if (!state) return [];
        const { source } = state.file.parsed;
        const lenses = lensesOf(state);
        const marks = answered.keep(textDocument.uri, lenses);
        return lenses.map(({ span }, index) => ({
          range: source.range({ start: span.start, end: span.start }),
          data: marks[index],
        }));
      }),
    );
    connection.onCodeLensResolve(async (sent, token) =>
      faults.request<CodeLens, CodeLens>('codeLens/resolve', { ...sent, command: NOTHING }, () => {
        const lens = answered.find(sent.data);
        // The lens was replaced meanwhile; the client asks for the new ones.
        if (!lens) return { ...sent, command: NOTHING };
        return {
          ...sent,
          command: commandOf(lens, lens.resolve(), String((sent.data as { uri?: unknown }).uri), sent.range, session),
        };
      })(sent, token),
    );
    if (client.workspace?.codeLens?.refreshSupport) {
      refreshWith(session, 'code lenses', () => void connection.sendRequest(CodeLensRefreshRequest.type));
    }
  },
};

const NOTHING: Command = { title: '', command: '' };

function commandOf(
  { command }: Lens,
  { places, title }: ResolvedLens,
  uri: string,
  { start }: CodeLens['range'],
  { options }: Session,
): Command {
  if (command) return { title, command, arguments: [{ uri, line: start.line }] };
  if (places.length === 0 || !options.commands.includes(SHOW_PLACES)) return { title, command: '' };
  return { title, command: SHOW_PLACES, arguments: [uri, start, places.map(toLocation)] };
}
