import assert from 'node:assert/strict';
import { canonicalImageName, parseImageReference } from '../../server/src/languages/imageReference.ts';

describe('parseImageReference', () => {
  const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
  const names: readonly [string, string][] = [
    ['node', 'docker.io/library/node'],
    ['node:22', 'docker.io/library/node:22'],
    ['acme/cart', 'docker.io/acme/cart'],
    ['docker.io/node', 'docker.io/library/node'],
    ['index.docker.io/acme/cart', 'docker.io/acme/cart'],
    ['localhost/cart:a', 'localhost/cart:a'],
    ['localhost:5000/a/b/c:1.2_3', 'localhost:5000/a/b/c:1.2_3'],
    ['[::1]:5000/a', '[::1]:5000/a'],
    ['Registry/a', 'Registry/a'],
    [`node@${DIGEST}`, `docker.io/library/node@${DIGEST}`],
    [`quay.io/a/b:1@${DIGEST}`, `quay.io/a/b:1@${DIGEST}`],
    ['a__b/c--d.e', 'docker.io/a__b/c--d.e'],
  ];
  for (const [text, name] of names) {
    it(`reads ${text}`, () => {
      const reference = parseImageReference(text);
      assert.ok(reference);
      assert.equal(canonicalImageName(reference), name);
    });
  }

  for (const text of [
    '',
    ':',
    'node:',
    'node:a b',
    'Node',
    'a//b',
    '/a',
    'a/',
    'a:b:c',
    '-a',
    'a..b/c',
    'node@sha256:123',
    `node@${DIGEST.toUpperCase()}`,
    'x.io/A',
    `a:${'x'.repeat(129)}`,
    '0123456789abcdef'.repeat(4),
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => assert.equal(parseImageReference(text), undefined));
  }

  it('knows where the tag stands or would stand', () => {
    const tagged = parseImageReference('localhost:5000/cart:1.2')!;
    assert.deepEqual([tagged.tag, tagged.tagStart, tagged.nameEnd], ['1.2', 20, 19]);
    const bare = parseImageReference('cart')!;
    assert.deepEqual([bare.tag, bare.tagStart, bare.nameEnd], [undefined, undefined, 4]);
  });
});
