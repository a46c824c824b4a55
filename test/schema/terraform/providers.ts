import { PROVIDER_SOURCES } from '../../../schemas/terraform/sources.ts';
import { providerFiles } from '../../../server/src/host/providerFiles.ts';
import { ProviderSchemas } from '../../../server/src/schema/terraform/providerSchemas.ts';

export const files = providerFiles(new URL('../../../server/src/languageServer.ts', import.meta.url).href);

/** All tests share the bundle: schemas are immutable. */
export const providers = new ProviderSchemas(files);

/** Skips the tests of a suite, aloud, where the build had no network to fetch the providers' packages with. */
export function needsProviders(this: Mocha.Context): void {
  const absent = PROVIDER_SOURCES.filter(({ name }) => !files.names.includes(name)).map(({ name }) => name);
  if (absent.length === 0) return;
  const words = `The build has no schema of ${absent.join(', ')}: their packages could not be fetched.`;
  if (process.env['CI'] === 'true') throw new Error(words);
  console.error(`      skipped: ${words}`);
  this.skip();
}
