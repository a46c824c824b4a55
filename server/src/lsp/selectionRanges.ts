import type { SelectionRange, SelectionRangeParams } from 'vscode-languageserver/node';
import type { Cursor } from '../features/languageFeatures.ts';
import { selectionSpans } from '../features/selectionSpans.ts';
import type { Span } from '../text/sourceText.ts';
import { askedSources } from './askedSources.ts';
import { fileStateOf } from './fileStateOf.ts';
import { isYielded } from './initializationOptions.ts';
import type { LspFeature } from './lspFeature.ts';

/** Growing selections: word, value, entry, map, document, file. */
export const selectionRanges: LspFeature = {
  name: 'selection ranges',
  capabilities: () => ({ selectionRangeProvider: true }),
  register(session) {
    const { connection, faults, options, workspace } = session;
    connection.onSelectionRanges(
      faults.request<SelectionRangeParams, SelectionRange[] | null>(
        'textDocument/selectionRange',
        null,
        ({ positions, textDocument }) => {
          const state = fileStateOf(textDocument, workspace);
          if (!state || isYielded(options, state.file.language.id, 'selection')) return null;
          const { source } = state.file.parsed;
          const asked = askedSources(session, state.file.language.id, 'selection');
          const spansAt = (cursor: Cursor): readonly Span[] => {
            for (const { selections } of asked) {
              const spans = selections?.(cursor);
              if (spans) return spans;
            }
            return selectionSpans(cursor.file.parsed, cursor.offset);
          };
          return positions.map((position): SelectionRange => {
            const offset = source.offsetAt(position);
            const spans = spansAt({ ...state, offset });
            // From the outermost in: each range knows the one around it.
            const around = spans.reduceRight<SelectionRange | undefined>(
              (parent, span) => ({ range: source.range(span), ...(parent ? { parent } : {}) }),
              undefined,
            );
            return around ?? { range: { start: position, end: position } };
          });
        },
      ),
    );
  },
};
