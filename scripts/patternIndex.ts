/** One test of a run: the titles of its suites and its own, and how it ended. */
export interface TestResult {
  readonly path: readonly string[];
  readonly state: 'passed' | 'failed' | 'skipped';
}

/** What the table says of one pattern in one column. */
type Cell = { readonly text: string; readonly isFilled: boolean };

export interface PatternIndex {
  /** The table as Markdown. */
  readonly markdown: string;
  /** `canary: snippet`, for each cell that is not filled. */
  readonly gaps: readonly string[];
}

/** What a pattern cannot have, and why. Everything else is a gap. */
export const CANNOT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  terraform: {
    apply: 'it makes what workloads run on, not a workload',
    'API server': 'no object of a cluster',
  },
  helm: { 'API server': 'a chart; rendered and linted by helm' },
};

/** Which tests fill which column. `prefixes` are those of the pattern's snippets. */
const COLUMNS: Readonly<
  Record<string, (path: readonly string[], id: string, prefixes: ReadonlySet<string>) => boolean>
> = {
  recognised: ([suite, title], id) => suite === 'the patterns of the example shop' && title === `use ${id} completely`,
  rules: ([suite, pattern, , title], id) =>
    suite === 'catalog' && pattern === id && title === 'finds what the failing example marks, and nothing else',
  fixes: ([suite, pattern, , title], id) =>
    suite === 'catalog' && pattern === id && title?.startsWith('is mended by ') === true,
  snippet: ([suite, prefix], _id, prefixes) => suite === 'snippets' && prefixes.has(prefix ?? ''),
  apply: ([suite, title], id) =>
    (suite === 'Apply Pattern' && title?.startsWith(`adds ${id} to a workload`) === true) ||
    (id === 'helm' && suite === 'a chart made of a workload'),
  page: ([suite, pattern, title], id) =>
    suite === 'catalog' && pattern === id && title === 'has a section for each rule and a rule for each section',
  'API server': ([suite, subject], id, prefixes) =>
    suite === 'the catalog on a real API server' &&
    (subject === `${id} applied to a workload` || prefixes.has(subject?.replace(/^the snippet /, '') ?? '')),
};

/**
 * The patterns of the catalog and what the tests of one run showed of each. A cell counts the tests that passed; it is not
 * filled where one failed or was skipped, or none is there.
 */
export function patternIndex(
  patterns: readonly string[],
  prefixesOf: (pattern: string) => readonly string[],
  results: readonly TestResult[],
): PatternIndex {
  const gaps: string[] = [];
  const columns = Object.keys(COLUMNS);
  const rows = patterns.map((id) => {
    const prefixes = new Set(prefixesOf(id));
    const cells = columns.map((column) => {
      const own = results.filter(({ path }) => COLUMNS[column]!(path, id, prefixes));
      const { isFilled, text } = cellOf(own, CANNOT[id]?.[column]);
      if (!isFilled) gaps.push(`${id}: ${column}`);
      return text;
    });
    return `| [${id}](${id}.md) | ${cells.join(' | ')} |`;
  });
  const markdown = [
    '# What the tests show of each pattern',
    '',
    'Made from the results of a test run. A number counts the tests that passed.',
    '',
    `| pattern | ${columns.join(' | ')} |`,
    `|---|${columns.map(() => '---|').join('')}`,
    ...rows,
    '',
  ].join('\n');
  return { markdown, gaps };
}

function cellOf(own: readonly TestResult[], reason: string | undefined): Cell {
  const count = (state: TestResult['state']): number => own.filter((result) => result.state === state).length;
  if (own.length === 0)
    return reason === undefined ? { text: '**missing**', isFilled: false } : { text: `– (${reason})`, isFilled: true };
  if (count('failed') > 0) return { text: `**${count('failed')} failed**`, isFilled: false };
  if (count('skipped') > 0) return { text: `**${count('skipped')} skipped**`, isFilled: false };
  return { text: String(count('passed')), isFilled: true };
}
