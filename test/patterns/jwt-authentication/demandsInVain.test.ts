import assert from 'node:assert/strict';
import { documents, recognised } from '../recognised.ts';

const policy = (name: string, namespace: string, rule: string, action = 'ALLOW') =>
  `apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\nspec:\n  action: ${action}\n  rules:\n    - ${rule}\n`;
const authentication = (namespace: string) =>
  `apiVersion: security.istio.io/v1\nkind: RequestAuthentication\nmetadata:\n  name: jwt\n  namespace: ${namespace}\nspec:\n  selector: { matchLabels: { app: stock } }\n  jwtRules: []\n`;
const TOKEN = 'from: [{ source: { requestPrincipals: ["*"] } }]';
const CLAIM = 'when: [{ key: "request.auth.claims[role]", values: [admin] }]';
const MESH = 'from: [{ source: { principals: ["cluster.local/ns/shop/sa/cart"] } }]';
const uses = (...texts: readonly string[]) => recognised('jwt-authentication', { 'mesh.yaml': documents(...texts) });

describe('policies that demand a token which nothing reads', () => {
  it('miss the check of the token, together for a namespace', () => {
    assert.deepEqual(uses(policy('cart', 'shop', TOKEN), policy('orders', 'shop', CLAIM)), [
      'cart: authorization; authentication',
    ]);
    assert.equal(uses(policy('cart', 'shop', TOKEN), policy('orders', 'data', CLAIM)).length, 2);
  });

  it('miss nothing with a check in their namespace, in that of the mesh, or in one that is left open', () => {
    for (const namespace of ['shop', 'istio-system']) {
      const missed = uses(policy('cart', 'shop', TOKEN), authentication(namespace)).filter((use) =>
        use.endsWith('authentication'),
      );
      assert.deepEqual(missed, []);
    }
    const anywhere = authentication('shop').replace('  namespace: shop\n', '');
    assert.deepEqual(
      recognised('jwt-authentication', { 'a/one.yaml': policy('cart', 'shop', TOKEN), 'b/two.yaml': anywhere }).filter(
        (use) => use.startsWith('cart'),
      ),
      [],
    );
  });

  it('are those that demand a token, and no others', () => {
    assert.deepEqual(uses(policy('cart', 'shop', MESH)), []);
    assert.deepEqual(uses(policy('cart', 'shop', TOKEN, 'CUSTOM')), []);
    assert.deepEqual(uses(policy('cart', 'shop', TOKEN), authentication('data')).length, 2);
  });
});
