import assert from 'node:assert/strict';
import type { Failure } from '../../client/src/cluster/failure.ts';
import { manifestRange, parseManifest } from '../../client/src/delivery/manifest.ts';
import { pathOfField } from '../../client/src/delivery/refusedDocuments.ts';

const text = `# the shop
apiVersion: v1
kind: Service
metadata: { name: cart }
---
# nothing here
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: cart
spec:
  template:
    spec:
      containers:
        - name: sidecar
        - name: cart
          image: "cart:1"   # the image
          readinessProbe:
            httpGet:
              path: /ready
`;

describe('A manifest file', () => {
  it('gives its objects with the number of their documents', () => {
    const documents = parseManifest('shop.yaml', text);
    assert.deepEqual(
      documents.map(({ documentIndex, object }) => [documentIndex, object.kind]),
      [
        [0, 'Service'],
        [2, 'Deployment'],
      ],
    );
  });

  it('gives the items of a List', () => {
    const list = 'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Secret, metadata: {name: a}}\n';
    assert.deepEqual(
      parseManifest('l.yaml', list).map(({ object }) => object.kind),
      ['Secret'],
    );
  });

  it('is refused as a whole at the place of its mistake', () => {
    assert.throws(
      () => parseManifest('bad.yaml', 'apiVersion: v1\nkind: [\n'),
      (error: Failure) => error.kind === 'invalid' && (error.report.places[0]?.line ?? 0) >= 1,
    );
    assert.throws(
      () => parseManifest('bad.yaml', `${text}---\nkind: Deployment\n`),
      (error: Failure) => error.report.places[0]?.documentIndex === 3 && /no Kubernetes object/.test(error.message),
    );
  });

  it('with Windows line ends and a byte order mark reads the same', () => {
    const windows = `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    assert.equal(parseManifest('w.yaml', windows).length, 2);
    const range = manifestRange(windows, 2, ['spec', 'template', 'spec', 'containers', 1, 'image']);
    assert.equal(range?.start.line, 17);
  });
});

describe('The place of a field', () => {
  const container = ['spec', 'template', 'spec', 'containers', 1];
  const place = (path: (string | number)[]): string => {
    const range = manifestRange(text, 2, path);
    assert.ok(range);
    const line = text.split('\n')[range.start.line] ?? '';
    const end = range.end.line === range.start.line ? range.end.character : line.length;
    return line.slice(range.start.character, end);
  };

  it('is its value', () => assert.equal(place([...container, 'image']), '"cart:1"'));
  it('of a mapping is its key', () => assert.equal(place([...container, 'readinessProbe']), 'readinessProbe'));
  it('of an entry in a list is its first line', () => assert.equal(place(container), 'name: cart'));
  it('of a missing field is the nearest one above', () => {
    assert.equal(place([...container, 'resources', 'limits']), 'name: cart');
    assert.equal(place(['nothing']), 'apiVersion: apps/v1');
  });
  it('of a missing document is unknown', () => assert.equal(manifestRange(text, 9, ['spec']), undefined));
  it('is found from the API server’s notation', () => {
    assert.deepEqual(pathOfField('.spec.template.spec.containers[0].image'), [
      'spec',
      'template',
      'spec',
      'containers',
      0,
      'image',
    ]);
    assert.deepEqual(pathOfField('.spec.containers[name="web"].image'), ['spec', 'containers']);
    assert.deepEqual(pathOfField(''), []);
  });
});
