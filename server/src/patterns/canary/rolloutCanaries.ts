import { instanceName } from '../../rules/parts/instanceName.ts';
import type { Participant, PatternInstance } from '../../rules/pattern.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { Lookup, ResourceGraph } from '../../workspace/resourceGraph.ts';
import { meshCanary } from './meshCanary.ts';

/** The canaries of Argo Rollouts, each with the VirtualServices whose weights it moves. */
export function* rolloutCanaries(graph: ResourceGraph): Iterable<PatternInstance> {
  for (const rollout of graph.all('argoproj.io/Rollout')) {
    const canary = canaryOf(rollout);
    if (!canary) continue;
    const routes = routesOf(rollout, graph);
    const participants = [...participantsOf(rollout, canary, graph)];
    const missing = new Set<string>();
    if (canary.lacks('steps') || routes.some(({ status }) => status === 'missing')) missing.add('route');
    for (const route of routes) {
      const ofMesh = route.status === 'found' ? meshCanary(route.resource, graph) : undefined;
      const parts = ofMesh?.participants ?? [];
      participants.push(...parts.filter((part) => !participants.some((other) => isSame(part, other))));
      // The Rollout itself runs both versions, so that only their subsets can be missing.
      if (ofMesh?.missing.includes('subsets')) missing.add('subsets');
    }
    yield {
      pattern: 'canary',
      name: instanceName(rollout, graph),
      participants,
      missing: [...missing],
    };
  }
}

/** The VirtualServices that a Rollout drives: they are a part of its use, and none of their own. */
export function drivenRoutes(graph: ResourceGraph): ReadonlySet<Resource> {
  return new Set(
    graph
      .all('argoproj.io/Rollout')
      .flatMap((rollout) => routesOf(rollout, graph))
      .flatMap((route) => (route.status === 'found' ? route.resource : [])),
  );
}

/**
 * The canary of a Rollout. Without steps and anything else of a canary, Argo Rollouts only replaces pods a few at a
 * time.
 */
function canaryOf(rollout: Resource): SourceNode | undefined {
  const canary = rollout.root.find('spec', 'strategy', 'canary');
  const isRolling = ['analysis', 'canaryService', 'steps', 'trafficRouting'].every((field) => canary?.lacks(field));
  return isRolling ? undefined : canary;
}

function routesOf(rollout: Resource, graph: ResourceGraph): readonly Lookup[] {
  const mesh = canaryOf(rollout)?.find('trafficRouting', 'istio');
  return [mesh?.find('virtualService'), ...(mesh?.find('virtualServices')?.items ?? [])].flatMap((route) => {
    const name = route?.text('name');
    return name === undefined ? [] : graph.lookup(rollout, [VIRTUAL_SERVICE], name);
  });
}

function* participantsOf(rollout: Resource, canary: SourceNode, graph: ResourceGraph): Iterable<Participant> {
  const named = ({ root }: Resource) => root.find('metadata', 'name') ?? root;
  yield { role: 'route', resource: rollout, at: canary.keyPlace };
  yield { role: 'stable', resource: rollout, at: named(rollout) };
  for (const { target, writtenAt } of graph.edgesFrom(rollout, 'switches')) {
    if (target.status !== 'found') continue;
    const role = writtenAt.key === 'canaryService' ? 'canary' : 'stable';
    yield { role, resource: target.resource, at: named(target.resource) };
  }
  for (const { target } of graph.edgesFrom(rollout, 'judged-by')) {
    if (target.status === 'found') yield { role: 'analysis', resource: target.resource, at: named(target.resource) };
  }
}

function isSame(a: Participant, b: Participant): boolean {
  return a.role === b.role && a.resource === b.resource;
}
