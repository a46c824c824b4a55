import { instanceName } from '../../rules/parts/instanceName.ts';
import type { PatternInstance } from '../../rules/pattern.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { podsByLabels } from '../../workspace/kubernetes/podSelection.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

const ROUTES = ['gateway.networking.k8s.io/HTTPRoute', 'gateway.networking.k8s.io/GRPCRoute'];

/** Canaries of the Gateway API: a rule that shares its requests among Services by weight, each with its own pods. */
export function* gatewayCanaries(graph: ResourceGraph): Iterable<PatternInstance> {
  for (const route of graph.all(...ROUTES)) {
    for (const rule of route.root.find('spec', 'rules')?.items ?? []) {
      const weighted = rule.find('backendRefs')?.items.filter((backend) => backend.find('weight')) ?? [];
      if (weighted.length < 2) continue;
      yield gatewayCanary(route, weighted, graph);
      break;
    }
  }
}

function gatewayCanary(route: Resource, weighted: readonly SourceNode[], graph: ResourceGraph): PatternInstance {
  const byWeight = [...weighted].sort((a, b) => (b.number('weight') ?? 0) - (a.number('weight') ?? 0));
  const participants = [{ role: 'route', resource: route, at: weighted[0]!.find('weight')!.keyPlace }];
  const missing = new Set<string>();
  for (const [index, backend] of byWeight.entries()) {
    const role = index === 0 ? 'stable' : 'canary';
    const target = graph
      .edgesFrom(route, 'routes-to')
      .find(({ writtenAt }) => writtenAt === backend.find('name'))?.target;
    const service = target?.status === 'found' ? target.resource : undefined;
    const pods = service && podsByLabels(service, service.root.find('spec', 'selector'), graph);
    for (const { resource } of pods?.workloads ?? [])
      participants.push({ role, resource, at: resource.root.find('metadata', 'name') ?? resource.root });
    // What a template writes, or another set of files defines, is not missing.
    if (pods ? pods.certain : target?.status === 'missing') missing.add(role);
  }
  return {
    pattern: 'canary',
    name: instanceName(route, graph),
    participants,
    missing: [...missing].filter((role) => !participants.some((participant) => participant.role === role)),
  };
}
