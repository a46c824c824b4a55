import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { graphSource } from '../../server/src/features/graphSource.ts';
import { kubernetesSource } from '../../server/src/features/kubernetesSource.ts';
import type { Completion } from '../../server/src/features/languageFeatures.ts';
import { patternSource } from '../../server/src/features/patternSource.ts';
import { PATTERNS } from '../../server/src/patterns/registry.generated.ts';
import { validateResource } from '../../server/src/schema/validate.ts';
import { index, rootOf, schemaOf } from '../schema/schemas.ts';
import { cursorIn, stateOf } from './markedWorkspace.ts';
import { SHOP } from './shopManifests.ts';

const SOURCES = [patternSource(PATTERNS), graphSource, kubernetesSource(index)];
const { 'cart.yaml': CART } = SHOP;

function offers(name: string, files: Readonly<Record<string, string>>): Completion[] {
  const cursor = cursorIn(name, files);
  return SOURCES.flatMap((source) => [...(source.completions?.(cursor) ?? [])]);
}

/** A snippet with its placeholders filled by their defaults. */
function filled({ isSnippet, newText }: Completion): string {
  return isSnippet
    ? newText
        .replace(/\$\{\d+\|([^,|]*)[^}]*\}/g, '$1')
        .replace(/\$\{\d+:([^}]*)\}/g, '$1')
        .replace(/\$\d+/g, '~')
    : newText;
}

describe('whole objects in an empty document', () => {
  it('follow the folder: its name, namespace and label', () => {
    const files = { 'cart.yaml': CART, 'new.yaml': 'Dep¦' };
    const deployment = offers('new.yaml', files).find(({ label }) => label === 'Deployment')!;
    assert.equal(
      filled(deployment),
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: cart\n  namespace: shop\nspec:\n  selector:\n    matchLabels:\n      app: cart\n  template:\n    metadata:\n      labels:\n        app: cart\n    spec:\n      containers:\n        - name: cart\n          image: ~',
    );
    const role = offers('new.yaml', files).find(({ label }) => label === 'ClusterRole')!;
    assert.ok(!filled(role).includes('namespace'), 'of the whole cluster');
  });

  it('are valid for each kind, also those that the workspace defines', () => {
    const crd = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: caches.shop.example }
spec:
  group: shop.example
  scope: Namespaced
  names: { kind: Cache, plural: caches, singular: cache }
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec: { type: object, required: [size], properties: { size: { type: integer } } }
`;
    const kinds = offers('new.yaml', { 'cart.yaml': CART, 'crd.yaml': crd, 'new.yaml': '¦' }).filter(
      ({ isSnippet }) => isSnippet,
    );
    const cache = kinds.find(({ label }) => label === 'Cache');
    assert.match(
      cache ? filled(cache) : '',
      /kind: Cache\nmetadata:\n {2}name: cart\n {2}namespace: shop\nspec:\n {2}size: ~$/,
    );
    assert.ok(kinds.length > 200);
    for (const kind of kinds) {
      if (kind === cache) continue;
      const root = rootOf(filled(kind));
      const missing = validateResource(root, schemaOf(root)).filter(({ code }) => code !== 'schema/invalid-value');
      assert.deepEqual(
        missing.map(({ message }) => message),
        [],
        `${kind.label} of ${kind.detail}\n${filled(kind)}`,
      );
    }
  });

  it('are named by what they are filled with, valid, and about what is not there yet', () => {
    const offered = offers('more.yaml', {
      'cart.yaml': CART,
      'more.yaml': `${'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n'}---\n¦`,
    }).filter(({ detail }) => detail === 'filled from the workspace' || detail === 'pattern');
    const labels = offered.map(({ label }) => label);
    for (const wanted of [
      'Service for Deployment cart',
      'HorizontalPodAutoscaler for Deployment cart',
      'PodDisruptionBudget for Deployment cart',
      'NetworkPolicy for Deployment cart',
      'ConfigMap cart-settings for Deployment cart',
      'Secret cart-secret for Deployment cart',
      'ServiceAccount cart for Deployment cart',
    ]) {
      assert.ok(labels.includes(wanted), `${wanted} is not among ${labels.join(', ')}`);
    }
    for (const offer of offered) {
      for (const document of offer.newText.split(/^---$/m)) {
        const root = rootOf(document);
        assert.deepEqual(validateResource(root, schemaOf(root)), [], offer.label);
      }
    }
    const service = offered.find(({ label }) => label === 'Service for Deployment cart')!;
    const after = { 'cart.yaml': CART, 'more.yaml': `${service.newText}\n---\n¦` };
    const later = offers('more.yaml', after).map(({ label }) => label);
    assert.ok(!later.includes('Service for Deployment cart') && later.includes('VirtualService for Service cart'));
    const secret = offered.find(({ label }) => label.startsWith('Secret cart-secret'))!;
    assert.match(secret.newText, /stringData:\n {2}password: ""$/);
  });

  it('fill in patterns where nothing else has to change', () => {
    const inMesh = { ...SHOP, 'routes.yaml': '', 'new.yaml': '¦' };
    const patterns = offers('new.yaml', inMesh).filter(({ detail }) => detail === 'pattern');
    assert.ok(
      patterns.every(({ label, newText }) => / for Deployment cart$/.test(label) && newText.includes('cart')),
      patterns.map(({ label }) => label).join(', '),
    );
    assert.ok(patterns.length > 0);
  });

  it('are not offered inside of documents, in JSON and in files of other tools', () => {
    for (const [name, text] of [
      ['a.yaml', 'kind: Service\n¦\n'],
      ['a.yaml', 'a:\n  ¦\n'],
      ['values.yaml', '¦'],
      ['.github/workflows/ci.yaml', '¦'],
    ] as const) {
      const found = offers(name, { ...SHOP, [name]: text }).filter(({ kind }) => kind === 'snippet');
      assert.deepEqual(found, [], `${name}: ${text}`);
    }
    assert.ok(stateOf('cart.yaml', SHOP));
  });
});
