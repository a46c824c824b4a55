import { existsSync, readFileSync } from 'node:fs';
import type { SchemaSource } from '../schema/schemaBundle.ts';

/**
 * The schema bundle beside the program that was built, or in `dist/` when the sources are run as they are. Read at the
 * first question; throws an Error that says how to build the bundle when it is not there.
 *
 * @param program the `import.meta.url` of the composition root
 */
export function schemaFiles(program: string): SchemaSource {
  const folder = [new URL('./schemas/', program), new URL('../../dist/schemas/', program)].find((candidate) =>
    existsSync(new URL('schemas.json', candidate)),
  );
  const read = <T>(name: string): T => {
    if (!folder) throw new Error('The schema bundle is not built; run `npm run build`.');
    return JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as T;
  };
  return { schemas: () => read('schemas.json'), texts: () => read('texts.json') };
}
