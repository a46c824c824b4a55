import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import { edgesIn } from '../../server/src/features/edgesAt.ts';
import { graphSource } from '../../server/src/features/graphSource.ts';
import { partReferences } from '../../server/src/features/manifests/namedParts.ts';
import { namePlace } from '../../server/src/features/namePlace.ts';
import { partSource } from '../../server/src/features/partSource.ts';
import { LANGUAGES } from '../../server/src/languages/languages.ts';
import { applyEdits, type TextEdit } from '../../server/src/text/sourceText.ts';
import { type Snapshot, World } from '../../server/src/workspace/world.ts';

const ROOT = path.join(import.meta.dirname, '../../examples/shop/deploy');
const FOLDER = 'file:///shop/deploy/';
const TEXTS = new Map(
  readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => [FOLDER + name.split(path.sep).join('/'), readFileSync(path.join(ROOT, name), 'utf8')]),
);

/** How many references of each file are answered, by objects and by parts of objects. */
function answered(snapshot: Snapshot): Map<string, number> {
  return new Map(
    [...snapshot.files].map(([uri, file]) => {
      const edges = edgesIn({ file, snapshot }).filter(({ target }) => target.status === 'found');
      const parts = snapshot.graph.inFile(uri).flatMap((resource) => [...partReferences(resource, snapshot.graph)]);
      return [uri.slice(FOLDER.length), edges.length + parts.length];
    }),
  );
}

describe('every name of the example shop', () => {
  it('can be renamed, and everything still finds what it found before', () => {
    const world = new World(LANGUAGES);
    world.apply([...TEXTS].map(([uri, text]) => ({ uri, text })));
    const snapshot = world.snapshot();
    const before = answered(snapshot);
    let count = 0;
    const check = (what: string, edits: readonly TextEdit[]): void => {
      count++;
      const uris = [...new Set(edits.map(({ uri }) => uri))];
      const change = (uri: string): string =>
        applyEdits(
          TEXTS.get(uri)!,
          edits.filter((edit) => edit.uri === uri),
        );
      world.apply(uris.map((uri) => ({ uri, text: change(uri) })));
      assert.deepEqual(answered(world.snapshot()), before, what);
      world.apply(uris.map((uri) => ({ uri, text: TEXTS.get(uri)! })));
    };
    const done = new Set<string>();
    for (const [uri, file] of snapshot.files) {
      for (const resource of snapshot.graph.inFile(uri)) {
        // Names of namespaces, definitions and kustomizations mean more than references by name.
        if (/^(?:Namespace|kustomize\/|apiextensions)/.test(resource.type) || resource.apiVersion === '') continue;
        const { source, span } = namePlace(resource);
        const key = `${resource.kind} ${source.uri.slice(FOLDER.length)}:${source.lineAt(span.start) + 1}`;
        if (source.uri !== uri || done.has(key) || snapshot.graph.edgesTo(resource).length === 0) continue;
        done.add(key);
        const renamed = graphSource.rename!({ file, snapshot, offset: span.start }, 'renamed-by-test');
        if (renamed?.status === 'edits') check(key, renamed.edits);
        else assert.fail(`${key}: ${renamed?.reason ?? 'nothing'}`);
      }
      for (const resource of snapshot.graph.inFile(uri)) {
        if (resource.apiVersion === '' || resource.built) continue;
        for (const { target } of partReferences(resource, snapshot.graph)) {
          const targetFile = snapshot.files.get(target.source.uri)!;
          const key = `part ${target.source.uri.slice(FOLDER.length)}:${target.source.lineAt(target.span.start) + 1}`;
          if (done.has(key)) continue;
          done.add(key);
          const cursor = { file: targetFile, snapshot, offset: target.span.start };
          const renamed = partSource.rename!(cursor, 'renamed-part');
          if (renamed?.status === 'edits') check(key, renamed.edits);
          else assert.fail(`${key}: ${renamed?.reason ?? 'nothing'}`);
        }
      }
    }
    assert.ok(count > 100, `${count} names`);
  }).timeout(180_000);
});
