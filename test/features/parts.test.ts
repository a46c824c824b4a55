import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { highlightsAt } from '../../server/src/features/highlightsAt.ts';
import { partSource } from '../../server/src/features/partSource.ts';
import { applyEdits } from '../../server/src/text/sourceText.ts';
import { CURSOR, cursorIn, FOLDER } from './markedWorkspace.ts';
import { SHOP } from './shopManifests.ts';

const VOLUMES = `apiVersion: v1
kind: Pod
metadata: { name: cache, namespace: shop }
spec:
  containers:
    - name: cache
      image: a
      volumeMounts:
        - { name: "data", mountPath: /data }
  volumes:
    - name: data
      emptyDir: {}
`;
const MONITOR = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: cart, namespace: shop }
spec:
  defaultBackend: { service: { name: cart, port: { name: web } } }
`;
const FILES: Readonly<Record<string, string>> = { ...SHOP, 'cache.yaml': VOLUMES, 'ingress.yaml': MONITOR };

function cursorAt(name: string, text: string, into = 1) {
  const index = FILES[name]!.indexOf(text);
  assert.ok(index >= 0, `${name} does not say ${text}.`);
  const marked = FILES[name]!.slice(0, index + into) + CURSOR + FILES[name]!.slice(index + into);
  return cursorIn(name, { ...FILES, [name]: marked });
}

/** Each changed line after a rename. */
function renamed(name: string, text: string, into: number, newName: string): string[] {
  const result = partSource.rename!(cursorAt(name, text, into), newName);
  if (result?.status !== 'edits') return [result?.status === 'refused' ? result.reason : 'nothing'];
  return Object.entries(FILES).flatMap(([file, before]) => {
    const edits = result.edits.filter(({ uri }) => uri === FOLDER + file);
    const after = applyEdits(before, edits).split('\n');
    return before
      .split('\n')
      .flatMap((line, index) => (line === after[index] ? [] : [`${file}: ${after[index]!.trim()}`]));
  });
}

describe('names within objects', () => {
  it('lead to where they are given', () => {
    const target = (name: string, text: string, into: number): string[] =>
      [...partSource.definitions!(cursorAt(name, text, into))].map(
        ({ source, span }) =>
          `${source.uri.slice(FOLDER.length)}:${source.lineAt(span.start) + 1} ${source.slice(span)}`,
      );
    assert.deepEqual(target('cart.yaml', 'key: mode', 6), ['cart-support.yaml:18 mode']);
    assert.deepEqual(target('cart.yaml', 'key: password', 6), ['cart-support.yaml:29 password']);
    assert.deepEqual(target('cart.yaml', 'port: http }', 7), ['cart.yaml:19 http']);
    assert.deepEqual(target('cart-support.yaml', 'targetPort: http', 13), ['cart.yaml:19 http']);
    assert.deepEqual(target('routes.yaml', 'subset: v2', 9), ['routes.yaml:29 v2']);
    assert.deepEqual(target('cache.yaml', '"data"', 2), ['cache.yaml:11 data']);
    assert.deepEqual(target('ingress.yaml', 'name: web', 7), ['cart-support.yaml:10 web']);
    assert.deepEqual(target('cart.yaml', 'image', 1), []);
  });

  it('are found from where they are given', () => {
    const uses = [...partSource.references!(cursorAt('cart.yaml', 'name: http', 7))];
    assert.deepEqual(uses.map(({ source }) => source.uri.slice(FOLDER.length)).sort(), [
      'cart-support.yaml',
      'cart.yaml',
    ]);
    const highlights = highlightsAt(cursorAt('cache.yaml', 'name: data', 7), [partSource], () => assert.fail());
    assert.deepEqual(
      highlights.map(({ kind }) => kind),
      ['read', 'write'],
    );
  });

  it('are renamed at both ends, from either', () => {
    const port = [
      'cart.yaml: - { name: main, containerPort: 8080 }',
      'cart.yaml: httpGet: { path: /ready, port: main }',
      'cart-support.yaml: - { name: web, port: 80, targetPort: main }',
    ];
    assert.deepEqual(renamed('cart.yaml', 'name: http', 7, 'main'), port);
    assert.deepEqual(renamed('cart-support.yaml', 'targetPort: http', 13, 'main'), port);
    assert.deepEqual(renamed('cart-support.yaml', 'mode: fast', 1, 'speed'), [
      'cart.yaml: key: speed',
      'cart-support.yaml: speed: fast',
    ]);
    assert.deepEqual(renamed('cache.yaml', '"data"', 2, 'disk'), [
      'cache.yaml: - { name: "disk", mountPath: /data }',
      'cache.yaml: - name: disk',
    ]);
    assert.deepEqual(renamed('routes.yaml', 'name: v1', 6, 'stable'), [
      'routes.yaml: - destination: { host: cart, subset: stable, port: { number: 80 } }',
      'routes.yaml: - name: stable',
    ]);
  });

  it('are refused where the API server would refuse them, and not offered elsewhere', () => {
    assert.match(renamed('cart.yaml', 'name: http', 7, 'Main Port')[0] ?? '', /^Main Port is no name for a port/);
    assert.match(renamed('cart-support.yaml', 'mode: fast', 1, 'a b')[0] ?? '', /no name for a key/);
    assert.equal(partSource.renameSpan!(cursorAt('cart.yaml', 'replicas')), undefined);
    const cursor = cursorAt('cache.yaml', '"data"', 2);
    const span = partSource.renameSpan!(cursor);
    assert.equal(span && cursor.file.parsed.source.slice(span), 'data');
  });
});
