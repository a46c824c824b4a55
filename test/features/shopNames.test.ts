import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import { edgesIn } from '../../server/src/features/edgesAt.ts';
import { graphSource } from '../../server/src/features/graphSource.ts';
import { partReferences } from '../../server/src/features/manifests/namedParts.ts';
import { LANGUAGES } from '../../server/src/languages/languages.ts';
import type { SourceNode } from '../../server/src/text/sourceNode.ts';
import { World } from '../../server/src/workspace/world.ts';

const ROOT = path.join(import.meta.dirname, '../../examples/shop/deploy');
const FOLDER = 'file:///shop/deploy/';
const TEXTS = new Map(
  readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => [FOLDER + name.split(path.sep).join('/'), readFileSync(path.join(ROOT, name), 'utf8')]),
);

/** A name that stands in a file of the shop, and what completion may call it. */
interface Written {
  readonly at: SourceNode;
  readonly names: readonly string[];
}

describe('every name that the example shop writes', () => {
  const world = new World(LANGUAGES);
  world.apply([...TEXTS].map(([uri, text]) => ({ uri, text })));
  const before = world.snapshot();

  function* written(): Generator<Written> {
    for (const [uri, file] of before.files) {
      for (const { target, writtenAt } of edgesIn({ file, snapshot: before })) {
        const text = writtenAt.text();
        // A kustomization has no fields of its own in the schemas.
        if (target.status !== 'found' || text === undefined || uri.endsWith('/kustomization.yaml')) continue;
        yield { at: writtenAt, names: [text, target.resource.root.text('metadata', 'name') ?? text] };
      }
      for (const resource of before.graph.inFile(uri)) {
        if (resource.apiVersion === '' || resource.built) continue;
        for (const { writtenAt } of partReferences(resource, before.graph)) {
          yield { at: writtenAt, names: [writtenAt.text() ?? ''] };
        }
      }
    }
  }

  it('is offered where it stands, when it is not written yet', () => {
    const missing: string[] = [];
    const asked = new Set<string>();
    for (const { at, names } of written()) {
      const { uri, text } = at.source;
      const place = `${uri.slice(FOLDER.length)}:${at.source.lineAt(at.span.start) + 1} ${names[0]}`;
      // A reference in another file's words: an overlay wrote it.
      if (!TEXTS.has(uri) || asked.has(place)) continue;
      asked.add(place);
      const emptied = text.slice(0, at.span.start) + text.slice(at.span.end);
      world.apply([{ uri, text: emptied }]);
      const snapshot = world.snapshot();
      const file = snapshot.files.get(uri)!;
      const offers = [...graphSource.completions!({ file, snapshot, offset: at.span.start })].map(({ label }) => label);
      world.apply([{ uri, text }]);
      if (!names.some((name) => offers.includes(name))) missing.push(`${place}: ${offers.slice(0, 6).join(', ')}`);
    }
    assert.ok(asked.size > 150, `${asked.size} names`);
    assert.deepEqual(missing, []);
  }).timeout(120_000);
});
