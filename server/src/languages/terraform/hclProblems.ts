import type { SyntaxProblem } from '../language.ts';

const MOST_PROBLEMS = 1000;

/** Gathers the problems of one file: the first of several at one place, and not without end. */
export class HclProblems {
  readonly #problems: SyntaxProblem[];

  /** Begins with the problems of `earlier`. */
  constructor(earlier?: HclProblems) {
    this.#problems = earlier ? [...earlier.#problems] : [];
  }

  get count(): number {
    return this.#problems.length;
  }

  add(code: string, start: number, end: number, message: string): void {
    if (this.#problems.length < MOST_PROBLEMS && this.#problems.at(-1)?.span.start !== start) {
      this.#problems.push({ code, span: { start, end }, message, severity: 'error' });
    }
  }

  /** In document order. */
  sorted(): readonly SyntaxProblem[] {
    return this.#problems.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  }
}
