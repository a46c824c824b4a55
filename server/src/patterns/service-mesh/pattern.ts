import { definePattern } from '../../rules/pattern.ts';
import { destinationRulesFor, VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { routeDestinations } from '../../workspace/istio/destinations.ts';
import { podsByLabels } from '../../workspace/kubernetes/podSelection.ts';
import type { Resource } from '../../workspace/resource.ts';
import { applyMesh } from './applyMesh.ts';

export const pattern = definePattern({
  id: 'service-mesh',
  title: 'Service mesh',
  category: 'communication',
  summary: 'Takes a request from the gateway over route and destination rule to the sidecar of a pod.',
  roles: {
    gateway: { title: 'ingress gateway', required: false },
    route: { title: 'virtual service', required: true },
    policy: { title: 'destination rule', required: true },
    service: { title: 'service', required: true },
    workload: { title: 'workload with a sidecar', required: true },
  },
  *recognize(graph) {
    for (const route of graph.all(VIRTUAL_SERVICE)) {
      const gateways = graph
        .edgesFrom(route, 'attached-to')
        .flatMap(({ target }) => (target.status === 'found' ? target.resource : []));
      const services = new Set<Resource>();
      const policies = new Set<Resource>();
      for (const { destination } of routeDestinations(route)) {
        const host = destination.text('host');
        if (host === undefined) continue;
        for (const policy of destinationRulesFor(host, route, graph)) policies.add(policy);
      }
      for (const { target } of graph.edgesFrom(route, 'routes-to')) {
        if (target.status === 'found' && target.resource.type === 'Service') services.add(target.resource);
      }
      const workloads = new Set<Resource>();
      for (const service of services) {
        for (const { resource } of podsByLabels(service, service.root.find('spec', 'selector'), graph).workloads)
          workloads.add(resource);
      }
      const roles: readonly (readonly [string, Iterable<Resource>])[] = [
        ['gateway', gateways],
        ['route', [route]],
        ['policy', policies],
        ['service', services],
        ['workload', workloads],
      ];
      const participants = roles.flatMap(([role, resources]) =>
        [...new Set(resources)].map((resource) => ({
          role,
          resource,
          at: resource.root.find('metadata', 'name') ?? resource.root,
        })),
      );
      const missing = ['policy', 'service', 'workload'].filter(
        (role) => !participants.some((participant) => participant.role === role),
      );
      yield { pattern: 'service-mesh', name: route.name ?? route.kind, participants, missing };
    }
  },
  explanations: [
    {
      types: [VIRTUAL_SERVICE],
      path: ['spec', 'gateways'],
      text: () =>
        'The gateways that this route is attached to, as `name` or `namespace/name`. `mesh` stands for all sidecars; it is what counts when nothing is written, and it must be repeated when a gateway is named and calls inside the mesh shall follow the route too.',
    },
    {
      types: [VIRTUAL_SERVICE],
      path: ['spec', 'http', '*', 'timeout'],
      text: () => 'The whole time that a caller waits, all retries included. Without it a route has no timeout.',
    },
  ],
  apply: applyMesh,
});
