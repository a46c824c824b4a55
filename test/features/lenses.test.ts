import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { graphSource } from '../../server/src/features/graphSource.ts';
import { stateOf } from './markedWorkspace.ts';
import { SHOP } from './shopManifests.ts';

/** `Service: Routed to by …` for each lens that is no command. */
function lenses(name: string, files: Readonly<Record<string, string>> = SHOP): string[] {
  const state = stateOf(name, files);
  const { text } = state.file.parsed.source;
  return [...graphSource.lenses!(state)]
    .filter(({ command }) => command === undefined)
    .map(({ resolve, span }) => {
      const { places, title } = resolve();
      assert.ok(places.length > 0, title);
      return `${/kind: (\w+)/.exec(text.slice(span.start))?.[1]}: ${title}`;
    });
}

describe('code lenses of manifests', () => {
  it('say who selects, scales and runs a workload', () => {
    assert.deepEqual(lenses('cart.yaml'), [
      'Deployment: Selected by 3 objects',
      'Deployment: Scaled by HorizontalPodAutoscaler cart',
    ]);
  });

  it('say who routes to a Service and who uses the rest', () => {
    assert.deepEqual(lenses('cart-support.yaml'), [
      'Service: Routed to by VirtualService cart and DestinationRule cart',
      'ConfigMap: Used by Deployment cart',
      'Secret: Used by Deployment cart',
      'ServiceAccount: Used by Deployment cart',
    ]);
  });

  it('offer to deploy a manifest and to compare it, and no template', () => {
    const commands = (name: string, files: Readonly<Record<string, string>>): unknown[] =>
      [...graphSource.lenses!(stateOf(name, files))].flatMap(({ command }) => command ?? []);
    assert.deepEqual(commands('routes.yaml', SHOP).slice(0, 2), ['slipway.deploy', 'slipway.diff']);
    const chart = {
      'Chart.yaml': 'apiVersion: v2\nname: a\nversion: 1.0.0\n',
      'templates/a.yaml': SHOP['routes.yaml'],
    };
    assert.deepEqual(commands('templates/a.yaml', chart), []);
  });

  it('offer the next step of a canary, a blue-green pair and a Rollout', () => {
    const acts = (text: string): string[] =>
      [...graphSource.lenses!(stateOf('a.yaml', { 'a.yaml': text }))].flatMap(({ command, resolve }) =>
        command && !/deploy$|diff$/.test(command) ? `${command}: ${resolve().title}` : [],
      );
    const route = (...shares: [subset: string, weight?: number][]): string =>
      `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: cart }\nspec:\n  http:\n    - route:\n${shares
        .map(
          ([subset, weight]) =>
            `        - { destination: { host: cart, subset: ${subset} }${weight === undefined ? '' : `, weight: ${weight}`} }\n`,
        )
        .join('')}`;
    assert.deepEqual(acts(route(['v1', 95], ['v2', 5])), [
      'slipway.promoteCanary: Promote canary (v1 95 %, v2 5 %)',
      'slipway.abortCanary: Abort canary',
      'slipway.runCanary: Run with analysis',
    ]);
    const gateway = (kind: string, ...backends: string[]): string =>
      `apiVersion: gateway.networking.k8s.io/v1\nkind: ${kind}\nmetadata: { name: cart }\nspec:\n  rules:\n    - backendRefs: [{ name: cart-v2, port: 80 }]\n    - backendRefs:\n${backends.map((backend) => `        - { ${backend} }\n`).join('')}`;
    for (const kind of ['HTTPRoute', 'GRPCRoute']) {
      assert.deepEqual(acts(gateway(kind, 'name: cart-v1, weight: 9', 'name: cart-v2')), [
        'slipway.promoteCanary: Promote canary (cart-v1 90 %, cart-v2 10 %)',
        'slipway.abortCanary: Abort canary',
        'slipway.runCanary: Run with analysis',
      ]);
    }
    assert.deepEqual(acts(gateway('HTTPRoute', 'name: cart-v1', 'name: cart-v2')), [], 'two backends without weights');
    assert.deepEqual(acts(gateway('HTTPRoute', 'name: a, weight: 1', 'name: b, weight: 1', 'name: c, weight: 1')), []);
    const kept = (routing: string): string[] =>
      acts(
        `${gateway('HTTPRoute', 'name: cart-v1, weight: 9', 'name: cart-v2')}---\napiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: { name: cart }\nspec: { strategy: { canary: { trafficRouting: ${routing} } } }\n`,
      ).filter((act) => act.includes('anary'));
    assert.deepEqual(kept('{ plugins: { argoproj-labs/gatewayAPI: { httpRoute: cart } } }'), [], 'a Rollout keeps it');
    assert.equal(kept('{ plugins: { argoproj-labs/gatewayAPI: { httpRoute: orders } } }').length, 3);
    const mesh = (routing: string): number =>
      acts(
        `${route(['v1', 95], ['v2', 5])}---\napiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: { name: a }\nspec: { strategy: { canary: { trafficRouting: { istio: ${routing} } } } }\n`,
      ).filter((act) => act.includes('anary')).length;
    assert.equal(mesh('{ virtualServices: [{ name: cart.shop }] }'), 0);
    assert.equal(mesh('{ virtualService: { name: orders }, destinationRule: { name: cart } }'), 3);
    assert.deepEqual(acts(route(['v1', 1], ['v2', 1], ['v3', 1])), []);
    assert.deepEqual(acts(route(['v1'])), []);
    const coloured = (colour: string): string =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: cart-${colour} }\nspec:\n  selector: { matchLabels: { app: cart, slot: ${colour} } }\n  template: { metadata: { labels: { app: cart, slot: ${colour} } } }\n`;
    const service =
      'apiVersion: v1\nkind: Service\nmetadata: { name: cart }\nspec: { selector: { app: cart, slot: blue } }\n';
    assert.deepEqual(acts([coloured('blue'), coloured('green'), service].join('---\n')), [
      'slipway.switchColour: Switch to green',
      'slipway.previewColour: Preview green',
    ]);
    assert.deepEqual(acts([coloured('blue'), service].join('---\n')), [], 'one colour is no pair');
    assert.deepEqual(
      acts(
        'apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: { name: a }\nspec: { strategy: { canary: {} } }\n',
      ),
      [
        'slipway.promoteRollout: Promote',
        'slipway.abortRollout: Abort',
        'slipway.retryRollout: Retry',
        'slipway.rollBack: Undo',
      ],
    );
    assert.deepEqual(acts('apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: a }\nspec: {}\n'), [
      'slipway.syncApplication: Sync',
      'slipway.diffApplication: Diff',
      'slipway.refreshApplication: Refresh',
      'slipway.rollBackApplication: Roll back',
    ]);
  });

  it('lead each reference to another file, and colour it', () => {
    const state = stateOf('cart.yaml', SHOP);
    const { source } = state.file.parsed;
    const links = [...graphSource.links!(state)].map(({ span, target }) => [source.slice(span), target]);
    assert.deepEqual(links, [
      ['cart-settings', 'file:///shop/cart-support.yaml#L15'],
      ['cart-secret', 'file:///shop/cart-support.yaml#L26'],
      ['cart', 'file:///shop/cart-support.yaml#L34'],
    ]);
    const tokens = [...graphSource.tokens!(state)].map(({ span, type }) => `${source.slice(span)} ${type}`);
    assert.deepEqual(tokens, ['cart-settings class', 'cart-secret class', 'cart class']);
  });
});
