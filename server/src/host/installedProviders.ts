import { readFile } from 'node:fs/promises';
import { readInstalledProviders } from '../schema/terraform/installedProviders.ts';
import type { ProviderSchemas } from '../schema/terraform/providerSchemas.ts';

/**
 * Puts what `terraform providers schema -json` printed into a file in the place of the bundle, for one folder; without a
 * file the bundle counts again. Gives the number of providers.
 */
export async function installProviders(
  schemas: ProviderSchemas,
  folder: string,
  file: string | undefined,
): Promise<number> {
  const installed = file === undefined ? [] : readInstalledProviders(JSON.parse(await readFile(file, 'utf8')));
  schemas.install(folder, installed);
  return installed.length;
}
