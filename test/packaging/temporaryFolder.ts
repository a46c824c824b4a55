import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder of one test's own; hooks of mocha remove it. Its name has a space, because a person's folders have. */
export function temporaryFolder(): { readonly path: string; write(files: Readonly<Record<string, string>>): void } {
  const path = mkdtempSync(join(tmpdir(), 'slipway packaging '));
  after(() => rmSync(path, { recursive: true, force: true }));
  return {
    path,
    write(files) {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(path, name)), { recursive: true });
        writeFileSync(join(path, name), text);
      }
    },
  };
}
