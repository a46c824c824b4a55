import { colourOf, pairOf } from '../../patterns/blue-green/colours.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import type { Lens, LensCommand } from '../languageFeatures.ts';
import { writtenRoot } from '../writtenRoot.ts';

/** Routes of the Gateway API that divide between Services by weight. */
const GATEWAY_ROUTES = new Set(['gateway.networking.k8s.io/HTTPRoute', 'gateway.networking.k8s.io/GRPCRoute']);

/** What can be done next with objects of progressive delivery: a canary's routes, the Service of a blue-green pair, an Argo Rollout, an application of Argo CD. */
export function* progressiveLenses(resource: Resource, graph: ResourceGraph): Generator<Lens> {
  const { span } = writtenRoot(resource)!;
  const lens = (command: LensCommand, title: string): Lens => ({
    span,
    command,
    resolve: () => ({ title, places: [] }),
  });
  if (resource.type === VIRTUAL_SERVICE || GATEWAY_ROUTES.has(resource.type)) {
    const shares = resource.type === VIRTUAL_SERVICE ? dividedShares(resource.root) : dividedBackends(resource.root);
    if (shares === undefined || isKeptByRollout(resource, graph)) return;
    yield lens('slipway.promoteCanary', `Promote canary (${shares})`);
    yield lens('slipway.abortCanary', 'Abort canary');
    yield lens('slipway.runCanary', 'Run with analysis');
  } else if (resource.type === 'Service') {
    const pair = pairOf(resource, graph);
    const now = pair && resource.root.text('spec', 'selector', pair.label);
    if (!pair || now === undefined) return;
    const colours = [pair.blue, pair.green].map((workload) => colourOf(workload, pair.label));
    const other = colours.find((colour) => colour !== now);
    yield lens('slipway.switchColour', `Switch to ${other}`);
    yield lens('slipway.previewColour', `Preview ${other}`);
  } else if (resource.type === 'argoproj.io/Rollout') {
    yield lens('slipway.promoteRollout', 'Promote');
    yield lens('slipway.abortRollout', 'Abort');
    yield lens('slipway.retryRollout', 'Retry');
    yield lens('slipway.rollBack', 'Undo');
  } else if (resource.type === 'argoproj.io/Application') {
    yield lens('slipway.syncApplication', 'Sync');
    yield lens('slipway.diffApplication', 'Diff');
    yield lens('slipway.refreshApplication', 'Refresh');
    yield lens('slipway.rollBackApplication', 'Roll back');
  }
}

/** `v1 95 %, v2 5 %` of the first route that divides between two versions by weight. */
function dividedShares(root: SourceNode): string | undefined {
  for (const route of root.find('spec', 'http')?.items ?? []) {
    const ends = route.find('route')?.items ?? [];
    if (ends.length !== 2 || !ends.some((end) => end.find('weight'))) continue;
    const shares = ends.map((end) => {
      const name = end.text('destination', 'subset') ?? end.text('destination', 'host')?.split('.')[0];
      return name === undefined ? undefined : `${name} ${end.text('weight') ?? 0} %`;
    });
    if (shares.every((share) => share !== undefined)) return shares.join(', ');
  }
  return undefined;
}

/** The same of a route of the Gateway API, whose weights are shares of their sum; an unwritten weight is 1. */
function dividedBackends(root: SourceNode): string | undefined {
  for (const rule of root.find('spec', 'rules')?.items ?? []) {
    const backends = rule.find('backendRefs')?.items ?? [];
    if (backends.length !== 2 || !backends.some((backend) => backend.find('weight'))) continue;
    const names = backends.map((backend) => backend.text('name'));
    const weights = backends.map((backend) => (backend.lacks('weight') ? 1 : Number(backend.text('weight'))));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    if (names.includes(undefined) || names[0] === names[1] || !(sum > 0)) continue;
    return names.map((name, index) => `${name} ${Math.round((weights[index]! / sum) * 100)} %`).join(', ');
  }
  return undefined;
}

/** The controller of Argo Rollouts would take back what is written to a route that a Rollout names. */
function isKeptByRollout(route: Resource, graph: ResourceGraph): boolean {
  return graph.sameNamespace(route, ['argoproj.io/Rollout']).some(({ root }) => {
    const routing = root.find('spec', 'strategy', 'canary', 'trafficRouting');
    const istio = routing?.find('istio');
    const single = istio?.find('virtualService', 'name');
    const several = (istio?.find('virtualServices')?.items ?? []).map((each) => each.find('name'));
    return [single, ...several, ...(routing?.find('plugins')?.entries ?? [])].some(
      (end) => end !== undefined && namesWithin(end).includes(route.name ?? ''),
    );
  });
}

function namesWithin(node: SourceNode): string[] {
  if (node.kind === 'list') return node.items.flatMap(namesWithin);
  if (node.kind === 'map') return node.entries.flatMap(namesWithin);
  return typeof node.value === 'string' ? [node.value.split('.')[0]!] : [];
}
