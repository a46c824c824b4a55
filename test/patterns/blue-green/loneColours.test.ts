import assert from 'node:assert/strict';
import { documents, recognised } from '../recognised.ts';

const deployment = (colour: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: cart-${colour}\nspec:\n  template:\n    metadata:\n      labels: { app: cart, color: ${colour} }\n`;
const service = (name: string, colour: string, app = 'cart') =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\nspec:\n  selector: { app: ${app}, color: ${colour} }\n`;
const uses = (...texts: readonly string[]) => recognised('blue-green', { 'cart.yaml': documents(...texts) });

describe('a blue-green pair that lost a part', () => {
  it('misses the colour for which a Service waits', () => {
    assert.deepEqual(uses(deployment('green'), service('cart', 'blue'), service('cart-preview', 'green')), [
      'cart: active, preview, green; blue',
    ]);
    assert.deepEqual(uses(deployment('blue'), service('cart', 'green')), ['cart: active, blue; preview, green']);
  });

  it('misses its active Service, where the preview is left', () => {
    assert.deepEqual(uses(deployment('blue'), deployment('green'), service('cart-preview', 'green')), [
      'cart: preview, blue, green; active',
    ]);
    assert.deepEqual(uses(deployment('blue'), deployment('green'), service('nextcart', 'green')), [
      'nextcart: active, blue, green; preview',
    ]);
  });

  it('is none where no Service waits, or one waits for something else', () => {
    assert.deepEqual(uses(deployment('blue'), service('cart', 'blue')), []);
    assert.deepEqual(uses(deployment('blue'), service('stock', 'green', 'stock')), []);
    assert.deepEqual(uses(deployment('blue'), service('cart', 'red')), []);
  });

  it('is none where another kind of pods, or a template, may answer', () => {
    const pods = deployment('green').replace('Deployment', 'StatefulSet');
    assert.deepEqual(uses(deployment('blue'), pods, service('cart', 'green')), []);
    const chart = {
      'chart/Chart.yaml': 'apiVersion: v2\nname: cart\nversion: 1.0.0\n',
      'chart/templates/cart.yaml': documents(
        deployment('blue'),
        service('cart', 'green'),
        deployment('{{ .Values.colour }}'),
      ),
    };
    assert.deepEqual(recognised('blue-green', chart), []);
  });
});
