/** One revision of a release. Its values and objects are deliberately absent: they may hold secrets. */
export interface ReleaseRevision {
  readonly revision: number;
  /** RFC 3339, as Helm writes it. */
  readonly updated: string;
  /** Helm's own word, such as `deployed` or `superseded`. */
  readonly status: string;
  /** `cart-1.2.0`. */
  readonly chart: string;
  /** Empty where the chart names none. */
  readonly appVersion: string;
  /** Helm's own sentence on how the revision came about. */
  readonly description: string;
}

/** The history of a release as a Markdown page, the newest revision first. */
export function releaseHistory(title: string, revisions: readonly ReleaseRevision[]): string {
  const rows = [...revisions]
    .reverse()
    .map(({ appVersion, chart, description, revision, status, updated }) =>
      [String(revision), updated.replace('T', ' ').slice(0, 19), status, chart, appVersion, description].map(cell),
    );
  const head = ['Revision', 'Updated', 'Status', 'Chart', 'App version', 'Description'];
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return `# ${cell(title)}\n\n${lines.join('\n')}\n`;
}

/** A text as it is in a table: what Markdown or HTML would read is escaped, and line ends are spaces. */
function cell(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]|<>#]/g, '\\$&')
    .trim();
}
