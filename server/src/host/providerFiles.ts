import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { ProviderFiles } from '../schema/terraform/providerBundle.ts';

/**
 * The schemas of Terraform's providers beside the program that was built, or in `dist/` when the sources are run as they
 * are. A build without a network has none, or not all: what is absent is not named.
 *
 * @param program the `import.meta.url` of the composition root
 */
export function providerFiles(program: string): ProviderFiles {
  const folder = [new URL('./schemas/terraform/', program), new URL('../../dist/schemas/terraform/', program)].find(
    (candidate) => existsSync(candidate),
  );
  const file = (name: string): URL => new URL(name, folder);
  const parsed = <T>(name: string): T => JSON.parse(readFileSync(file(name), 'utf8')) as T;
  return {
    names: folder ? readdirSync(folder).flatMap((name) => /^(\w+)\.bodies\.jsonl$/.exec(name)?.[1] ?? []) : [],
    provider: (name) => parsed(`${name}.json`),
    bodies: (name) => readFileSync(file(`${name}.bodies.jsonl`)),
    texts: (name) => parsed(`${name}.texts.json`),
  };
}
