/**
 * What went wrong, by what can be done about it. `cancelled` is the person's own wish and is shown as such, never as
 * an error.
 */
export type FailureKind =
  | 'build'
  | 'cancelled'
  | 'conflict'
  | 'container-test'
  | 'exists'
  | 'expired'
  | 'forbidden'
  | 'invalid'
  | 'not-found'
  | 'protected'
  | 'push'
  | 'quota'
  | 'rollout'
  | 'timeout'
  | 'tool-missing'
  | 'unauthorised'
  | 'unreachable'
  | 'unsupported'
  | 'untrusted';

/** A place in a file that a failure points to. `line` counts from 0; `path` leads to a field of a manifest. */
export interface FailurePlace {
  readonly file: string;
  readonly line?: number;
  readonly endLine?: number;
  readonly documentIndex?: number;
  readonly path?: readonly (string | number)[];
}

/** One field of an object that somebody else owns. */
export interface FieldConflict {
  /** The field manager that holds the field, as the API server names it. */
  readonly owner: string;
  /** The field in the API server's notation, such as `.spec.replicas`. */
  readonly field: string;
}

/** A failure as plain data, ready to be shown, logged and tested. No part of it carries a secret. */
export interface FailureReport {
  readonly kind: FailureKind;
  /** One sentence of ours: what failed, with the person's own names. */
  readonly message: string;
  /** The other program's own words, empty when it said nothing. */
  readonly said: string;
  /** What the person can do, empty when there is nothing sensible to say. */
  readonly advice: string;
  readonly places: readonly FailurePlace[];
  readonly conflicts: readonly FieldConflict[];
}

/** The world failed in a way that we know: thrown by the ports and steps, shown through its report. */
export class Failure extends Error {
  readonly report: FailureReport;

  constructor(kind: FailureKind, message: string, more: Partial<Omit<FailureReport, 'kind' | 'message'>> = {}) {
    super(more.said ? `${message} ${more.said}` : message);
    this.name = 'Failure';
    this.report = { said: '', advice: '', places: [], conflicts: [], ...more, kind, message };
  }

  get kind(): FailureKind {
    return this.report.kind;
  }
}
