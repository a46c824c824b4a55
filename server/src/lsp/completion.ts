import {
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  type CompletionList,
  type CompletionParams,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
} from 'vscode-languageserver/node';
import type { Completion } from '../features/languageFeatures.ts';
import type { SourceText } from '../text/sourceText.ts';
import { askedSources } from './askedSources.ts';
import { cursorAt } from './cursorAt.ts';
import type { LspFeature } from './lspFeature.ts';

const KINDS: Readonly<Record<Completion['kind'], CompletionItemKind>> = {
  field: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  keyword: CompletionItemKind.Keyword,
  variable: CompletionItemKind.Variable,
  function: CompletionItemKind.Function,
  reference: CompletionItemKind.Reference,
  module: CompletionItemKind.Module,
  file: CompletionItemKind.File,
  snippet: CompletionItemKind.Snippet,
};

/** What may stand at the cursor. Documentation is read when the person looks at an offer, where the client asks for it. */
export const completion: LspFeature = {
  name: 'completion',
  capabilities: (client) => ({
    completionProvider: {
      triggerCharacters: [':', ' ', '-', '.', '"', '=', '$', '{', '/'],
      resolveProvider: resolvesDocumentation(client.textDocument?.completion?.completionItem),
    },
  }),
  register(session) {
    const { client, connection, faults, workspace } = session;
    const item = client.textDocument?.completion?.completionItem;
    const adjusts = item?.insertTextModeSupport?.valueSet.includes(InsertTextMode.adjustIndentation) ?? false;
    const isLazy = resolvesDocumentation(item);
    let latest: readonly Completion[] = [];
    let generation = 0;
    connection.onCompletion(
      faults.request<CompletionParams, CompletionList>(
        'textDocument/completion',
        { isIncomplete: false, items: [] },
        (params) => {
          const cursor = cursorAt(params, workspace);
          if (!cursor) return { isIncomplete: false, items: [] };
          const { language, parsed } = cursor.file;
          const asked = askedSources(session, language.id, 'completion');
          const offers = new Map<string, Completion>();
          for (const source of asked) {
            try {
              for (const offer of source.completions?.(cursor) ?? []) {
                if (!offers.has(offer.label)) offers.set(offer.label, offer);
              }
            } catch (error) {
              faults.report('completion', error);
            }
          }
          latest = [...offers.values()];
          generation++;
          return {
            isIncomplete: false,
            items: latest.map(
              (offer, index): CompletionItem => ({
                ...toItem(offer, parsed.source, { snippets: item?.snippetSupport ?? false, adjusts }),
                ...(isLazy ? { data: { generation, index } } : documented(offer)),
              }),
            ),
          };
        },
      ),
    );
    if (!isLazy) return;
    connection.onCompletionResolve(async (sent, token) =>
      faults.request<CompletionItem, CompletionItem>('completionItem/resolve', sent, () => {
        const data = sent.data as { generation?: unknown; index?: unknown } | undefined;
        const offer = data?.generation === generation ? latest[Number(data.index)] : undefined;
        return offer ? { ...sent, ...documented(offer) } : sent;
      })(sent, token),
    );
  },
};

function resolvesDocumentation(item: { resolveSupport?: { properties: string[] } } | undefined): boolean {
  return item?.resolveSupport?.properties.includes('documentation') ?? false;
}

function documented(offer: Completion): Partial<CompletionItem> {
  const value = offer.documentation?.();
  return value === undefined || value === '' ? {} : { documentation: { kind: MarkupKind.Markdown, value } };
}

/** What of an offer this client understands. */
interface Understood {
  readonly snippets: boolean;
  /** It indents the lines of an offer as the line of the cursor is. */
  readonly adjusts: boolean;
}

function toItem(offer: Completion, source: SourceText, understood: Understood): CompletionItem {
  const isSnippet = (offer.isSnippet ?? false) && understood.snippets;
  const written = offer.newText;
  const newText = offer.isSnippet && !understood.snippets ? withoutPlaceholders(written) : written;
  return {
    label: offer.label,
    kind: KINDS[offer.kind],
    ...(offer.detail === undefined ? {} : { detail: offer.detail }),
    ...(offer.sortText === undefined ? {} : { sortText: offer.sortText }),
    ...(offer.isDeprecated ? { tags: [CompletionItemTag.Deprecated] } : {}),
    filterText: offer.label,
    // New lines are written as if the line of the cursor stood at the left margin.
    ...(understood.adjusts && newText.includes('\n') ? { insertTextMode: InsertTextMode.adjustIndentation } : {}),
    insertTextFormat: isSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    textEdit: { range: source.range(offer.span), newText },
  };
}

/** A snippet for clients without snippets: each placeholder as its default. */
function withoutPlaceholders(snippet: string): string {
  return snippet
    .replace(/\$\{\d+\|([^,|}]*)[^}]*\}/g, '$1')
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/\$\{?\d+\}?/g, '')
    .replace(/\\([$}\\])/g, '$1');
}
