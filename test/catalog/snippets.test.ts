import assert from 'node:assert/strict';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { snippetSources, withDefaults } from '../../scripts/snippetFiles.ts';
import { PATTERNS } from '../../server/src/patterns/registry.generated.ts';
import { exampleSnapshot, findingsOf } from './exampleWorkspace.ts';
import { inContext } from './snippetContext.ts';
import { stackSources } from './stackSources.ts';

const patternsFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../server/src/patterns');
const sources = snippetSources(patternsFolder);
const FILES: Readonly<Record<string, string>> = {
  yaml: 'deploy/manifest.yaml',
  Dockerfile: 'app/Dockerfile',
  tf: 'main.tf',
};

describe('snippets', () => {
  it('exist for every pattern', () => {
    const having = new Set(sources.map(({ pattern }) => pattern));
    assert.deepEqual(
      PATTERNS.map(({ id }) => id).filter((id) => !having.has(id)),
      [],
    );
  });

  for (const { pattern, prefix, extension, text } of sources) {
    describe(prefix, () => {
      const snapshot = exampleSnapshot(
        extension === 'yaml'
          ? inContext(withDefaults(text), stackSources(pattern))
          : [{ name: FILES[extension]!, text: withDefaults(text) }],
      );

      it('has no finding in the recommended profile', () => {
        assert.deepEqual(
          findingsOf(snapshot, 'recommended').map(({ rule, finding }) => `${rule.id}: ${finding.message}`),
          [],
        );
      });

      it('is recognised as its pattern', () => {
        const instances = [...(PATTERNS.find(({ id }) => id === pattern)?.recognize(snapshot.graph) ?? [])];
        assert.ok(instances.length > 0, `${prefix} is not recognised as ${pattern}`);
        assert.deepEqual(
          instances.flatMap(({ missing }) => missing),
          [],
        );
      });
    });
  }
});
