import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { needTier } from '../../environment/needTier.ts';
import { toolPath } from '../../environment/tools/tools.ts';
import { builtValues, idOf } from './builtValues.ts';
import { CASES } from './cases.ts';
import { randomKustomization } from './randomKustomization.ts';

/** Objects that generators made carry a hash of their content, which the graph leaves out. */
const HASH = /-[0-9a-z]{10}$/;

describe('the build of a kustomization is Kustomize’s own', function () {
  this.timeout(60_000);
  let folder: string;

  before(async function () {
    await needTier(this, 'kubernetes');
    folder = mkdtempSync(join(tmpdir(), 'slipway-kustomize-'));
  });
  after(() => {
    if (folder) rmSync(folder, { recursive: true });
  });

  for (const [name, files] of Object.entries(CASES)) it(name, () => compare(files, folder));

  for (let seed = 1; seed <= 60; seed++) {
    it(`generated case ${seed}`, () => compare(randomKustomization(seed), folder));
  }
});

function compare(files: Readonly<Record<string, string>>, folder: string): void {
  const root = mkdtempSync(join(folder, 'case-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  const output = execFileSync(toolPath('kubectl'), ['kustomize', join(root, 'overlay')], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const expected = new Map<string, unknown>();
  for (const document of parseAllDocuments(output)) {
    const object: unknown = document.toJS();
    if (object) expected.set(idOf(object), object);
  }
  const built = builtValues(files);
  const generated = [...expected.keys()].filter((id) => !built.has(id) && HASH.test(id));
  const hashes = new Map(generated.map((id) => [id.split(' ')[2]!, id.split(' ')[2]!.replace(HASH, '')]));
  const plain = new Map(
    [...expected].map(([id, object]) => [
      generated.includes(id) ? id.replace(HASH, '') : id,
      withoutHashes(object, hashes),
    ]),
  );
  assert.deepEqual([...built.keys()].sort(), [...plain.keys()].sort());
  for (const [id, object] of plain) {
    const ours = built.get(id);
    assert.deepEqual(ours, withoutUnknown(object, ours));
  }
}

function withoutHashes(value: unknown, hashes: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return hashes.get(value) ?? value;
  if (Array.isArray(value)) return value.map((item) => withoutHashes(item, hashes));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutHashes(item, hashes)]));
}

/** The expected value with `undefined` where ours is, which stands for what nobody shows. */
function withoutUnknown(expected: unknown, ours: unknown): unknown {
  if (Array.isArray(expected) && Array.isArray(ours))
    return expected.map((item, index) => withoutUnknown(item, ours[index]));
  if (typeof expected !== 'object' || expected === null || typeof ours !== 'object' || ours === null) return expected;
  return Object.fromEntries(
    Object.entries(expected).map(([key, item]) => {
      const own = (ours as Record<string, unknown>)[key];
      return [key, key in ours && own === undefined ? undefined : withoutUnknown(item, own)];
    }),
  );
}
