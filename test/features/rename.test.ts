import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { graphSource } from '../../server/src/features/graphSource.ts';
import { highlightsAt } from '../../server/src/features/highlightsAt.ts';
import { applyEdits } from '../../server/src/text/sourceText.ts';
import { CURSOR, cursorIn, FOLDER } from './markedWorkspace.ts';
import { SHOP } from './shopManifests.ts';

/** The shop with the cursor in a file before the first `text`. */
function at(name: keyof typeof SHOP, text: string, into = 0): { name: string; files: Record<string, string> } {
  const index = SHOP[name].indexOf(text) + into;
  assert.ok(index >= into, `${name} does not say ${text}.`);
  return { name, files: { ...SHOP, [name]: SHOP[name].slice(0, index) + CURSOR + SHOP[name].slice(index) } };
}

/** What each line of each file becomes, where it changes. */
function renamed({ name, files }: ReturnType<typeof at>, newName: string): string[] {
  const result = graphSource.rename!(cursorIn(name, files), newName);
  if (result?.status !== 'edits') return [result?.status === 'refused' ? result.reason : 'nothing'];
  return Object.entries(SHOP).flatMap(([file, text]) => {
    const after = applyEdits(
      text,
      result.edits.filter(({ uri }) => uri === FOLDER + file),
    ).split('\n');
    return text
      .split('\n')
      .flatMap((line, index) => (line === after[index] ? [] : [`${file}: ${after[index]!.trim()}`]));
  });
}

describe('rename across manifests', () => {
  const service = [
    'cart-support.yaml: name: basket',
    'routes.yaml: hosts: [basket, basket.shop.svc.cluster.local]',
    'routes.yaml: - destination: { host: basket, subset: v1, port: { number: 80 } }',
    'routes.yaml: - destination: { host: basket.shop.svc.cluster.local, subset: v2 }',
    'routes.yaml: host: basket',
  ];

  it('changes a Service with every host that means it, from either end', () => {
    assert.deepEqual(renamed(at('cart-support.yaml', 'cart\n'), 'basket'), service);
    assert.deepEqual(renamed(at('routes.yaml', 'host: cart', 8), 'basket'), service);
  });

  it('changes what refers to a ConfigMap and what scales a Deployment', () => {
    assert.deepEqual(renamed(at('cart.yaml', 'cart-settings', 2), 'settings'), [
      'cart.yaml: name: settings',
      'cart-support.yaml: name: settings',
    ]);
    assert.deepEqual(renamed(at('cart.yaml', 'name: cart', 7), 'basket'), [
      'cart.yaml: name: basket',
      'cart-support.yaml: scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: basket }',
    ]);
  });

  it('refuses names that the API server refuses, and names that are taken', () => {
    const place = at('cart-support.yaml', 'cart\n');
    assert.match(renamed(place, 'Basket')[0] ?? '', /^The name of a Service may only hold lower-case/);
    assert.match(renamed(place, '')[0] ?? '', /^The name of a Service/);
    const other = 'apiVersion: v1\nkind: Service\nmetadata: { name: basket, namespace: shop }\n';
    const { files, name } = place;
    assert.match(
      renamed({ name, files: { ...files, 'basket.yaml': other } }, 'basket')[0] ?? '',
      /already a Service basket/,
    );
  });

  it('offers the name alone for renaming, without quotes and host parts', () => {
    const cursor = (place: ReturnType<typeof at>) => cursorIn(place.name, place.files);
    const spanAt = (place: ReturnType<typeof at>): string | undefined => {
      const found = cursor(place);
      const span = graphSource.renameSpan!(found);
      return span && found.file.parsed.source.slice(span);
    };
    assert.equal(spanAt(at('routes.yaml', 'cart.shop.svc.cluster.local, subset', 2)), 'cart');
    assert.equal(spanAt(at('cart.yaml', 'cart-secret')), 'cart-secret');
    assert.equal(spanAt(at('cart.yaml', 'replicas')), undefined);
    const templated = { 'templates/a.yaml': `apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ ¦.Values.name }}\n` };
    assert.equal(graphSource.renameSpan!(cursorIn('templates/a.yaml', templated)), undefined);
  });

  it('highlights every occurrence in the file', () => {
    const cursor = cursorIn(...(Object.values(at('routes.yaml', 'host: cart', 8)) as [string, Record<string, string>]));
    const { source } = cursor.file.parsed;
    const found = highlightsAt(cursor, [graphSource], (error) => {
      throw error;
    });
    assert.deepEqual(
      found.map(({ kind, span }) => `${source.slice(span)} ${kind}`),
      ['cart read', 'cart.shop.svc.cluster.local read', 'cart read'],
    );
    const named = at('cart-support.yaml', 'cart\n');
    assert.deepEqual(
      highlightsAt(cursorIn(named.name, named.files), [graphSource], () => undefined).map(({ kind }) => kind),
      ['write'],
    );
  });
});
