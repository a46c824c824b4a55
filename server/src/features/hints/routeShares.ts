import type { SourceNode } from '../../text/sourceNode.ts';
import { destinationRulesFor, subsetNamed, VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { routeDestinations } from '../../workspace/istio/destinations.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import type { HintFinder, ValueHint } from './hintFinder.ts';

const GATEWAY_ROUTES = ['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute'].map(
  (kind) => `gateway.networking.k8s.io/${kind}`,
);

/** The share of a route that a weight means, and the labels that a subset stands for. */
export const routeShares: HintFinder = {
  types: [VIRTUAL_SERVICE, ...GATEWAY_ROUTES],
  *find(resource, graph) {
    if (resource.type === VIRTUAL_SERVICE) {
      for (const protocol of ['http', 'tls', 'tcp']) {
        for (const route of resource.root.find('spec', protocol)?.items ?? []) {
          yield* shares(route.find('route'), (item) => item.text('destination', 'subset'));
        }
      }
      yield* subsets(resource, graph);
      return;
    }
    for (const rule of resource.root.find('spec', 'rules')?.items ?? []) {
      yield* shares(rule.find('backendRefs'), (item) => item.text('name'));
    }
  },
};

/** Istio and the Gateway API share by weight over the sum of the weights, whatever the sum is. */
function* shares(
  items: SourceNode | undefined,
  nameOf: (item: SourceNode) => string | undefined,
): Generator<ValueHint> {
  if (!items || items.open || items.items.length < 2) return;
  const weights = items.items.map((item) => item.number('weight'));
  const sum = weights.reduce<number>((total, weight) => total + (weight ?? Number.NaN), 0);
  if (!(sum > 0)) return;
  for (const [index, item] of items.items.entries()) {
    const at = item.find('weight');
    if (!at) continue;
    const percent = Number(((weights[index]! / sum) * 100).toFixed(1));
    const name = nameOf(item);
    yield { at, label: name === undefined ? `${percent}%` : `${percent}% to ${name}` };
  }
}

function* subsets(resource: Resource, graph: ResourceGraph): Generator<ValueHint> {
  for (const { destination } of routeDestinations(resource)) {
    const at = destination.find('subset');
    const host = destination.text('host');
    const name = at?.text();
    if (!at || host === undefined || name === undefined) continue;
    for (const rule of destinationRulesFor(host, resource, graph)) {
      const labels = subsetNamed(rule, name)?.find('labels');
      if (labels?.kind !== 'map' || !labels.known) continue;
      const pairs = labels.entries.map(({ key, scalar }) => `${key}=${String(scalar)}`);
      yield { at, label: pairs.join(', '), tooltip: () => `Subset of DestinationRule ${rule.name}` };
      break;
    }
  }
}
