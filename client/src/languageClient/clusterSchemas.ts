import type { Disposable } from 'vscode';

/** What is read of a cluster, and who is told. */
export interface ClusterSchemaParts {
  /** The chosen context, where the user wants its schemas and the workspace is trusted; else undefined. */
  wanted(): string | undefined;
  /** Reads the OpenAPI documents of the context's API server. */
  read(context: string, signal: AbortSignal): Promise<readonly unknown[]>;
  /** Hands the documents to the language server and gives the number of kinds. */
  tell(context: string, documents: readonly unknown[]): Promise<number>;
  log(message: string): void;
}

/**
 * Keeps the language server informed of what the chosen cluster knows. Nothing waits for it: until the cluster has
 * answered, and when it does not, the bundled schemas count.
 */
export class ClusterSchemas implements Disposable {
  readonly #parts: ClusterSchemaParts;
  #told: string | undefined;
  #reading = new AbortController();

  constructor(parts: ClusterSchemaParts) {
    this.#parts = parts;
  }

  /** Reads the wanted cluster where it is another than the last one; forgets it where none is wanted any more. */
  async refresh(): Promise<void> {
    const context = this.#parts.wanted();
    if (context === this.#told) return;
    this.#told = context;
    this.#reading.abort();
    this.#reading = new AbortController();
    const { signal } = this.#reading;
    try {
      const documents = context === undefined ? [] : await this.#parts.read(context, signal);
      if (signal.aborted) return;
      const kinds = await this.#parts.tell(context ?? '', documents);
      if (context !== undefined) this.#parts.log(`The schemas of ${kinds} kinds come from ${context}.`);
    } catch (error) {
      if (signal.aborted) return;
      // Asked again when the user next chooses a context.
      this.#told = undefined;
      this.#parts.log(
        `The schemas of ${context} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }

  /** The server was started anew and knows nothing. */
  async again(): Promise<void> {
    this.#told = undefined;
    await this.refresh();
  }

  dispose(): void {
    this.#reading.abort();
  }
}
