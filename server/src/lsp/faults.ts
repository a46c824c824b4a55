import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';

/**
 * The border at which our own bugs are caught: a faulty rule or request costs its own answer and nothing else. Faults
 * are logged with their stack; in tests they are fatal, so that none is overlooked.
 */
export class Faults {
  readonly #log: (message: string) => void;
  readonly #isFatal: boolean;

  constructor(log: (message: string) => void, isFatal: boolean) {
    this.#log = log;
    this.#isFatal = isFatal;
  }

  report(where: string, error: unknown): void {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#log(`Fault in ${where}: ${stack}`);
    if (!this.#isFatal) return;
    process.stderr.write(`Fault in ${where}: ${stack}\n`);
    process.exit(70);
  }

  /** Wraps the answer to a request: `nothing` is what the client gets after a fault. */
  request<Params, Result>(
    where: string,
    nothing: Result,
    answer: (params: Params, token: CancellationToken) => Result | Promise<Result>,
  ): (params: Params, token: CancellationToken) => Promise<Result> {
    return async (params, token) => {
      try {
        if (token.isCancellationRequested) throw cancelledAnswer();
        return await answer(params, token);
      } catch (error) {
        // An answer that says no is an answer.
        if (error instanceof ResponseError) throw error;
        this.report(where, error);
        return nothing;
      }
    };
  }

  /** Wraps the reaction to a notification or event. */
  notification<Params>(where: string, react: (params: Params) => void | Promise<void>): (params: Params) => void {
    return (params) => {
      try {
        Promise.resolve(react(params)).catch((error: unknown) => this.report(where, error));
      } catch (error) {
        this.report(where, error);
      }
    };
  }
}

/** What the client hears when it no longer wants the answer. */
export function cancelledAnswer(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
}
