import assert from 'node:assert/strict';
import { configurationSource } from '../../server/src/features/configurationSource.ts';
import { suppressionSource } from '../../server/src/features/suppressionSource.ts';
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

const comments = suppressionSource(new KnownRules(RULES, [...PATTERNS, ...GROUPS]));

describe('writing a suppressing comment', () => {
  const offered = (marked: string, name?: string) =>
    [...(comments.completions?.(at(marked, name)) ?? [])].map(({ label }) => label);

  it('completes its word and the names of rules, in every language', () => {
    assert.deepEqual(offered('# slip|', 'cart.yaml').length, 3);
    assert.deepEqual(offered('# slipway-disable-f|', 'Dockerfile'), ['slipway-disable-file']);
    for (const [marked, name] of [
      ['a: 1 # slipway-disable-line |', 'cart.yaml'],
      ['# slipway-disable-next-line canary, ro|', 'Dockerfile'],
      ['// slipway-disable-file te|', 'main.tf'],
    ] as const)
      assert.ok(offered(marked, name).includes('canary/subset-without-pods'), marked);
  });

  it('keeps out of reasons and of everything else', () => {
    for (const marked of ['# slipway-disable-line canary -- because |', 'a: slip|', '# a word|', '|', '# |'])
      assert.deepEqual(offered(marked, 'cart.yaml'), [], marked);
  });

  it('explains the names in it', () => {
    const explained = comments.explain?.(at('# slipway-disable-file rolling/no-pro|gress\n', 'cart.yaml'));
    assert.match(explained?.markdown ?? '', /^\*\*rolling\/no-progress\*\* · error · recommended/);
    assert.equal(comments.explain?.(at('# slipway-dis|able-file rolling\n', 'cart.yaml')), undefined);
  });
});

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

  it('explains rules, patterns and groups', () => {
    const explain = (marked: string) => source.explain?.(at(marked))?.markdown;
    assert.match(explain('rules:\n  pod-security/image-tag-la|test: off\n') ?? '', /\*\* · warning · recommended\n\n/);
    assert.match(explain('rules:\n  can|ary: off\n') ?? '', /^\*\*canary\*\*\n\nCanary/);
    assert.match(explain('suppressions:\n  - rules: [roll|ing]\n') ?? '', /^\*\*rolling/);
    assert.match(explain('rules:\n  canary: o|ff\n') ?? '', /rejected or breaks/);
    assert.doesNotMatch(explain('rules:\n  nosuch|thing: off\n') ?? '', /\*\*nosuchthing/);
  });

  it('keeps out of other files', () => {
    assert.deepEqual(labels('pro|', 'values.yaml'), []);
    assert.equal(source.explain?.(at('pro|file: strict\n', 'other.yaml')), undefined);
  });
});
