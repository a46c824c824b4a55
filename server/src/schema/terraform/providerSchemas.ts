import { BundledProvider } from './bundledProvider.ts';
import type { ProviderFiles } from './providerBundle.ts';
import type { ProviderSchema } from './terraformSchema.ts';

/** The schemas that are at hand: those of the bundle, and in the folders that were initialised those of their own providers. */
export class ProviderSchemas {
  readonly #bundled: readonly ProviderSchema[];
  readonly #installed = new Map<string, readonly ProviderSchema[]>();

  #generation = 0;

  constructor(files: ProviderFiles) {
    this.#bundled = files.names.map((name) => new BundledProvider(name, files));
  }

  /** Grows whenever what is at hand changes. */
  get generation(): number {
    return this.#generation;
  }

  /** What `terraform providers schema` said in a folder (a URI without a slash at the end); an empty list forgets it. */
  install(folder: string, providers: readonly ProviderSchema[]): void {
    this.#generation++;
    if (providers.length === 0) this.#installed.delete(folder);
    else this.#installed.set(folder, providers);
  }

  /** The providers for one folder: what is installed there wins over the bundle. */
  forFolder(folder: string): readonly ProviderSchema[] {
    const installed = this.#installed.get(folder);
    if (!installed) return this.#bundled;
    const sources = new Set(installed.map(({ source }) => source));
    return [...installed, ...this.#bundled.filter(({ source }) => !sources.has(source))];
  }
}
