import assert from 'node:assert/strict';
import { destinationRulesFor } from '../../server/src/workspace/istio/destinationRules.ts';
import { exampleSnapshot } from '../catalog/exampleWorkspace.ts';

const rule = (name: string, host: string, namespace = 'shop', rest = '') =>
  `apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\nspec:\n  host: "${host}"\n${rest}`;
const WRITER =
  'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: cart\n  namespace: shop\nspec: {}\n';

describe('the DestinationRules for a host', () => {
  const rules = [
    rule('everything', '*.local'),
    rule('short', 'cart'),
    rule('full', 'cart.shop.svc.cluster.local'),
    rule('ours', '*.shop.svc.cluster.local'),
    rule('theirs', 'cart', 'data'),
    rule('outside', 'api.example.com'),
    rule('half', 'cart.shop'),
    rule('private', 'cart.shop.svc.cluster.local', 'data', '  exportTo: ["."]\n'),
    'apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata:\n  name: none\n  namespace: shop\nspec: {}\n',
  ];
  const { graph } = exampleSnapshot([{ name: 'mesh.yaml', text: [WRITER, ...rules].join('---\n') }]);
  const [writer] = graph.all('networking.istio.io/VirtualService');
  const found = (host: string) => destinationRulesFor(host, writer!, graph).map(({ name }) => name);

  it('are found in every spelling of a Service, in the order of the files', () => {
    const ofCart = ['everything', 'short', 'full', 'ours'];
    assert.deepEqual(found('cart'), ofCart);
    assert.deepEqual(found('cart.shop.svc.cluster.local'), ofCart);
    assert.deepEqual(found('cart.data.svc.cluster.local'), ['everything', 'theirs']);
    assert.deepEqual(found('stock'), ['everything', 'ours']);
  });

  it('are those of that very host outside the cluster, and for names that Istio does not complete', () => {
    assert.deepEqual(found('api.example.com'), ['outside']);
    assert.deepEqual(found('cart.shop'), ['half']);
    assert.deepEqual(found('www.example.com'), []);
    assert.deepEqual(found('*.shop.svc.cluster.local'), ['everything', 'ours']);
  });
});
