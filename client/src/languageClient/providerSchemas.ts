import type { Disposable } from 'vscode';

/** What is read of initialised Terraform folders, and who is told. */
export interface ProviderSchemaParts {
  /** URIs and paths of the folders that hold a lock file; none where the workspace is not trusted. */
  folders(): Promise<readonly { readonly uri: string; readonly path: string }[]>;
  /** The file with the printed schemas of a folder; undefined where nothing is installed there. */
  read(path: string, signal: AbortSignal): Promise<string | undefined>;
  /** Hands the file to the language server and gives the number of providers. */
  tell(folder: string, file: string | undefined): Promise<number>;
  log(message: string): void;
}

/**
 * Keeps the language server informed of the Terraform providers that are installed in the workspace. Nothing waits for it:
 * until `terraform` has answered, and where it does not, the bundled schemas count.
 */
export class ProviderSchemas implements Disposable {
  readonly #parts: ProviderSchemaParts;
  readonly #told = new Map<string, string | undefined>();
  #reading = new AbortController();
  #latest: Promise<void> = Promise.resolve();

  constructor(parts: ProviderSchemaParts) {
    this.#parts = parts;
  }

  /** Reads what changed since the last time; a refresh that still runs is cancelled. */
  refresh(): Promise<void> {
    this.#reading.abort();
    this.#reading = new AbortController();
    const { signal } = this.#reading;
    this.#latest = this.#latest.then(() => this.#readAll(signal));
    return this.#latest;
  }

  /** The server was started anew and knows nothing. */
  again(): Promise<void> {
    this.#told.clear();
    return this.refresh();
  }

  async #readAll(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const folders = await this.#parts.folders();
    for (const { uri, path } of folders) {
      if (signal.aborted) return;
      try {
        await this.#readOne(uri, path, signal);
      } catch (error) {
        if (signal.aborted) return;
        const words = error instanceof Error ? error.message : String(error);
        this.#parts.log(`The schemas of the providers in ${path} cannot be read, so the bundled ones count: ${words}`);
      }
    }
  }

  async #readOne(uri: string, path: string, signal: AbortSignal): Promise<void> {
    const file = await this.#parts.read(path, signal);
    if (signal.aborted || this.#told.get(uri) === file) return;
    const providers = await this.#parts.tell(uri, file);
    this.#told.set(uri, file);
    if (file !== undefined) this.#parts.log(`The schemas of ${providers} Terraform providers come from ${path}.`);
  }

  dispose(): void {
    this.#reading.abort();
  }
}
