import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Failure } from '../../client/src/cluster/failure.ts';
import { formatImageReference, parseImageReference, repositoryOf } from '../../client/src/delivery/imageReference.ts';
import { withImages } from '../../client/src/delivery/withImages.ts';

const digest = `sha256:${'a1'.repeat(32)}`;

describe('An image reference', () => {
  const good: [text: string, registry: string, path: string, tag?: string | undefined, digest?: string][] = [
    ['nginx', 'docker.io', 'library/nginx'],
    ['nginx:1.27', 'docker.io', 'library/nginx', '1.27'],
    ['shop/cart', 'docker.io', 'shop/cart'],
    ['docker.io/nginx', 'docker.io', 'library/nginx'],
    ['index.docker.io/shop/cart:x', 'docker.io', 'shop/cart', 'x'],
    ['localhost/cart', 'localhost', 'cart'],
    ['127.0.0.1:5000/shop/cart:1', '127.0.0.1:5000', 'shop/cart', '1'],
    ['[::1]:5000/cart', '[::1]:5000', 'cart'],
    ['registry.example.com/a/b/c:1.0_x-Y', 'registry.example.com', 'a/b/c', '1.0_x-Y'],
    [`ghcr.io/shop/cart@${digest}`, 'ghcr.io', 'shop/cart', undefined, digest],
    [`ghcr.io/shop/cart:1@${digest}`, 'ghcr.io', 'shop/cart', '1', digest],
    ['a__b/c--d.e', 'docker.io', 'a__b/c--d.e'],
  ];
  for (const [text, registry, path, tag, parsedDigest] of good) {
    it(`${text} names ${registry}, ${path}`, () => {
      assert.deepEqual(parseImageReference(text), { registry, path, tag, digest: parsedDigest });
    });
  }

  const bad: [text: string, reason: RegExp][] = [
    ['', /names no repository/],
    ['Cart', /Cart must be lowercase/],
    ['shop/Cart:1', /Cart must be lowercase/],
    ['cart:', /an empty text is not a tag/],
    ['cart:-x', /-x is not a tag/],
    ['cart@sha256:short', /sha256:short is not a digest/],
    ['registry.example.com/', /names no repository/],
    ['shop//cart', /not a repository/],
    ['{{ .Values.image }}', /is not an image reference/],
    [`x.io/${'a'.repeat(256)}`, /longer than 255/],
    ['http://x/y', /is not an image reference/],
  ];
  for (const [text, reason] of bad) {
    it(`${text.slice(0, 40) || 'nothing'} is refused with a reason`, () => {
      assert.throws(
        () => parseImageReference(text),
        (error: Failure) => error instanceof Failure && error.kind === 'invalid' && reason.test(error.message),
      );
    });
  }

  it('written and read again is the same, and any text either parses or is refused', () => {
    const part = fc.stringMatching(/^[a-z0-9]{1,8}([._-][a-z0-9]{1,4})?$/);
    const tag = fc.option(fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}$/), { nil: undefined });
    const registry = fc.constantFrom('docker.io', 'localhost', 'r.example.com:443', '127.0.0.1:5000');
    fc.assert(
      fc.property(registry, fc.array(part, { minLength: 1, maxLength: 3 }), tag, (host, parts, someTag) => {
        const path = host === 'docker.io' && parts.length === 1 ? `library/${parts[0]}` : parts.join('/');
        const reference = { registry: host, path, tag: someTag, digest: undefined };
        // The first part of a path on Docker's own registry can itself look like a registry.
        fc.pre(host !== 'docker.io' || !/[.:]|^localhost$/.test(parts[0] ?? ''));
        assert.deepEqual(parseImageReference(formatImageReference(reference)), reference);
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          assert.ok(repositoryOf(parseImageReference(text)));
        } catch (error) {
          assert.ok(error instanceof Failure);
        }
      }),
    );
  });
});

describe('Replacing images in a workload', () => {
  const workload = (image: string) => ({
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'x' },
    spec: {
      image: 'registry.example.com/cart:1',
      jobTemplate: {
        spec: { template: { spec: { containers: [{ name: 'a', image }], initContainers: [{ image }] } } },
      },
    },
  });
  const substitution = { repository: 'registry.example.com/cart', reference: 'localhost:5000/cart:2', pinDigest: true };

  it('changes every container of the repository, at any depth, and nothing else', () => {
    const digests = new Map([['localhost:5000/cart:2', digest]]);
    const changed = withImages(workload('registry.example.com/cart:1'), [substitution], digests);
    assert.deepEqual(changed, workload(`localhost:5000/cart:2@${digest}`));
    assert.deepEqual(withImages(workload('other/cart:1'), [substitution], digests), workload('other/cart:1'));
    assert.deepEqual(withImages(workload('{{ image }}'), [substitution], digests), workload('{{ image }}'));
  });

  it('writes no digest when none is wanted, and refuses to guess one', () => {
    const loose = { ...substitution, pinDigest: false };
    const changed = withImages(workload('registry.example.com/cart'), [loose], new Map());
    assert.deepEqual(changed, workload('localhost:5000/cart:2'));
    assert.throws(() => withImages(workload('x'), [substitution], new Map()), /not known/);
  });
});
