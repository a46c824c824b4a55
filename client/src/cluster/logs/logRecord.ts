import { type LogLine, type LogView, logFilter, shownLine } from './logLine.ts';

/** The lines that are kept of a talkative workload, the newest. */
const KEPT_LINES = 50_000;

/** The lines of a log that was opened, kept so that they can be filtered anew and saved. */
export class LogRecord {
  #lines: LogLine[] = [];
  #view: LogView;
  #filter: (line: string) => boolean;

  constructor(view: LogView) {
    this.#view = view;
    this.#filter = logFilter(view.filter);
  }

  get view(): LogView {
    return this.#view;
  }

  /** Takes a line; gives it as it is shown, or nothing where the filter holds it back. */
  take(line: LogLine): string | undefined {
    this.#lines.push(line);
    if (this.#lines.length > KEPT_LINES * 1.2) this.#lines = this.#lines.slice(-KEPT_LINES);
    const shown = shownLine(line, this.#view);
    return this.#filter(shown) ? shown : undefined;
  }

  /** Shows the lines otherwise. Throws a `SyntaxError`, and stays as it was, for an expression that is none. */
  show(view: Partial<LogView>): void {
    const next = { ...this.#view, ...view };
    this.#filter = logFilter(next.filter);
    this.#view = next;
  }

  /** Everything that the filter lets through, a line end after each line. */
  text(): string {
    return this.#lines
      .map((line) => shownLine(line, this.#view))
      .filter(this.#filter)
      .map((line) => `${line}\n`)
      .join('');
  }
}
