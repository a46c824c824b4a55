import type { FoldingRange, FoldingRangeParams } from 'vscode-languageserver/node';
import { canonicalUri } from './canonicalUri.ts';
import { isYielded } from './initializationOptions.ts';
import type { LspFeature } from './lspFeature.ts';

/** What can be folded, line by line. */
export const foldings: LspFeature = {
  name: 'folding',
  capabilities: () => ({ foldingRangeProvider: true }),
  register({ client, connection, faults, options, workspace }) {
    const most = client.textDocument?.foldingRange?.rangeLimit ?? Number.POSITIVE_INFINITY;
    connection.onFoldingRanges(
      faults.request<FoldingRangeParams, FoldingRange[]>('textDocument/foldingRange', [], ({ textDocument }) => {
        const file = workspace.snapshot().files.get(canonicalUri(textDocument.uri));
        if (!file || isYielded(options, file.language.id, 'folding')) return [];
        const { source } = file.parsed;
        const ranges = new Map<number, FoldingRange>();
        for (const { start, end } of file.language.foldings(file.parsed)) {
          const startLine = source.lineAt(start);
          const endLine = source.lineAt(lastCharacter(source.text, start, end));
          if (endLine > startLine && !ranges.has(startLine)) ranges.set(startLine, { startLine, endLine });
        }
        return [...ranges.values()].slice(0, most);
      }),
    );
  },
};

/** Folding ends with the last text, so that blank lines between blocks stay visible. */
function lastCharacter(text: string, start: number, end: number): number {
  let last = Math.min(end, text.length);
  while (last > start && /\s/.test(text[last - 1]!)) last--;
  return Math.max(start, last - 1);
}
