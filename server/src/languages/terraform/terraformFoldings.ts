import type { Span } from '../../text/sourceText.ts';
import type { HclFile } from './hclSyntax.ts';
import { HclToken } from './hclTokens.ts';
import { walkHcl } from './walkHcl.ts';

/** What can be folded: blocks, collections, calls and heredocs over several lines, and runs of comment lines. */
export function terraformFoldings(file: HclFile): readonly Span[] {
  const { source } = file;
  const foldings: Span[] = [];
  const add = (span: Span): void => {
    if (source.lineAt(span.start) < source.lineAt(span.end)) foldings.push(span);
  };
  walkHcl(file.body, (node) => {
    switch (node.kind) {
      case 'block':
      case 'object':
      case 'tuple':
      case 'for':
      case 'parentheses':
      case 'template':
        add(node.span);
        break;
      case 'call':
        add(node.argumentsSpan);
        break;
    }
    return true;
  });
  for (const span of commentRuns(file)) add(span);
  return foldings.sort((a, b) => a.start - b.start || b.end - a.end);
}

function commentRuns({ tokens, source }: HclFile): Span[] {
  const runs: { start: number; end: number }[] = [];
  for (let index = 0; index < tokens.length; index++) {
    if (tokens.kind(index) !== HclToken.comment) continue;
    // A comment after code is no part of a run.
    if (index > 0 && tokens.kind(index - 1) !== HclToken.newline) continue;
    const span = { start: tokens.start(index), end: tokens.end(index) };
    const last = runs.at(-1);
    if (last && source.lineAt(last.end) + 1 === source.lineAt(span.start)) last.end = span.end;
    else runs.push(span);
  }
  return runs;
}
