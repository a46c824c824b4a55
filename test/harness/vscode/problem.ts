import type { ListRow } from './virtualList.ts';

/** One entry of the Problems view. */
export interface Problem {
  readonly file: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly source: string;
  /** Such as `canary/subset-without-pods`. */
  readonly code: string;
  /** From 1, as the view shows it. */
  readonly line: number;
  readonly related: readonly RelatedPlace[];
}

/** A place that explains a problem. */
export interface RelatedPlace {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** Makes problems of the rows of the Problems view: files, below them problems, below those related places. */
export function problemsFromRows(rows: readonly ListRow[]): readonly Problem[] {
  const problems: (Problem & { related: RelatedPlace[] })[] = [];
  let file = '';
  for (const { text, level, icons, parts } of rows) {
    if (level === 1) {
      file = parts['label-name'] ?? '';
    } else if (level === 2) {
      problems.push({
        file,
        severity: icons.includes('codicon-error') ? 'error' : icons.includes('codicon-warning') ? 'warning' : 'info',
        message: parts['marker-message'] ?? '',
        source: parts['marker-source'] ?? '',
        code: parts['marker-code'] ?? '',
        line: lineOf(parts['marker-line']),
        related: [],
      });
    } else {
      const [, relatedFile, message] = /^(.*?)\s*\[Ln \d+, Col \d+\]\s*:?\s*(.*)$/s.exec(text) ?? [];
      problems
        .at(-1)
        ?.related.push({ file: relatedFile ?? '', line: lineOf(parts['marker-line']), message: message ?? '' });
    }
  }
  return problems;
}

function lineOf(place: string | undefined): number {
  return Number(/\[Ln (\d+)/.exec(place ?? '')?.[1]);
}
