import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { committedFiles, GENERATED_FOLDERS } from '../../scripts/generate.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

describe('generated files', () => {
  it('are what the generator writes', async () => {
    for (const [file, text] of await committedFiles()) {
      assert.equal(readFileSync(path.join(root, file), 'utf8'), text, `${file} is out of date; run npm run generate`);
    }
  });

  it('stand alone in their folders', async () => {
    const files = await committedFiles();
    const present = GENERATED_FOLDERS.flatMap((folder) =>
      readdirSync(path.join(root, folder)).map((name) => `${folder}/${name}`),
    );
    assert.deepEqual(present.sort(), [...files.keys()].sort());
  });
});
