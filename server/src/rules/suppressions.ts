import type { SourceText } from '../text/sourceText.ts';
import type { ReportedFinding } from './runRules.ts';

const DIRECTIVE = /(?:#|\/\/|<!--|\{\{-?\s*\/\*|\/\*)\s*slipway-disable-(next-line|line|file)\b([^\n\r]*)/g;

/**
 * Whether a comment of the file silences findings: `slipway-disable-next-line`, `-line` or `-file`, followed by rule
 * ids or pattern ids; without any, all rules. Text after `--` is the author's reason.
 */
export function suppressionsOf(source: SourceText): (finding: ReportedFinding) => boolean {
  if (!source.text.includes('slipway-disable-')) return () => false;
  const byLine = new Map<number, string[][]>();
  const everywhere: string[][] = [];
  for (const match of source.text.matchAll(DIRECTIVE)) {
    const ids = (match[2] ?? '')
      .split('--', 1)[0]!
      .split(/[\s,]+/)
      .filter((word) => /^[a-z0-9-]+(?:\/[a-z0-9-]+)?$/.test(word));
    if (match[1] === 'file') {
      everywhere.push(ids);
      continue;
    }
    const line = source.lineAt(match.index) + (match[1] === 'next-line' ? 1 : 0);
    byLine.set(line, [...(byLine.get(line) ?? []), ids]);
  }
  return ({ rule, finding }) => {
    const lists = [...everywhere, ...(byLine.get(source.lineAt(finding.at.span.start)) ?? [])];
    return lists.some((ids) => ids.length === 0 || ids.some((id) => id === rule.id || rule.id.startsWith(`${id}/`)));
  };
}
