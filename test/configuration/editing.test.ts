import assert from 'node:assert/strict';
import { configurationSource } from '../../server/src/features/configurationSource.ts';
import { GROUPS, PATTERNS, RULES } from '../../server/src/patterns/registry.generated.ts';
import { KnownRules } from '../../server/src/rules/knownRules.ts';
import { EXAMPLE_FOLDER, exampleSnapshot } from '../catalog/exampleWorkspace.ts';

const source = configurationSource(new KnownRules(RULES, [...PATTERNS, ...GROUPS]));

/** A cursor at the `|` of a text. */
function at(marked: string, name = 'slipway.yaml') {
  const offset = marked.indexOf('|');
  const snapshot = exampleSnapshot([{ name, text: marked.replace('|', '') }]);
  const file = snapshot.files.get(EXAMPLE_FOLDER + name);
  assert.ok(file);
  return { file, offset, snapshot };
}

function labels(marked: string, name?: string): string[] {
  return [...(source.completions?.(at(marked, name)) ?? [])].map(({ label }) => label);
}

describe('editing slipway.yaml', () => {
  it('completes keys at every depth', () => {
    assert.deepEqual(labels('pro|').slice(0, 3), ['exclude', 'kubernetesVersion', 'overrides']);
    assert.ok(labels('pro|').includes('protectedContexts'));
    assert.ok(labels('policies:\n  images:\n    a|').includes('allowedRegistries'));
    assert.ok(labels('policies:\n  labels:\n    required:\n      - k|').includes('pattern'));
    assert.ok(labels('overrides:\n  - paths: [a]\n    p|').includes('policies'));
    assert.ok(!labels('profile: strict\n|').includes('profile'), 'what is there is not offered again');
  });

  it('completes values', () => {
    assert.deepEqual(labels('profile: |'), ['recommended', 'strict']);
    assert.deepEqual(labels('rules:\n  canary: |'), ['error', 'warning', 'information', 'off']);
    assert.deepEqual(labels('policies:\n  dockerfile:\n    strictLabels: t|'), ['true', 'false']);
    assert.ok(labels('policies:\n  dockerfile:\n    labels:\n      a: |').includes('semver'));
  });

  it('completes rules, patterns and groups', () => {
    const names = labels('rules:\n  c|');
    for (const name of ['canary', 'pod-security', 'canary/subset-without-pods', 'schema/unknown-field', 'syntax'])
      assert.ok(names.includes(name), name);
    assert.ok(labels('suppressions:\n  - rules: [c|]').includes('canary'));
    assert.ok(labels('suppressions:\n  - rules:\n      - c|').includes('canary'));
    assert.ok(labels('overrides:\n  - paths: [a]\n    rules:\n      c|').includes('canary'));
  });

  it('explains keys', () => {
    const text = source.explain?.(at('policies:\n  pods:\n    max|Containers: 3\n'))?.markdown ?? '';
    assert.match(text, /`policies\.pods\.maxContainers` · integer/);
    assert.match(text, /How many containers a pod may have/);
  });

  it('keeps out of other files', () => {
    assert.deepEqual(labels('pro|', 'values.yaml'), []);
    assert.equal(source.explain?.(at('pro|file: strict\n', 'other.yaml')), undefined);
  });
});
