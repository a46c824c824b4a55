import { instanceName } from '../../rules/parts/instanceName.ts';
import { definePattern } from '../../rules/pattern.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { routeDestinations } from '../../workspace/istio/destinations.ts';
import { resolveHost } from '../../workspace/istio/hosts.ts';
import type { Resource } from '../../workspace/resource.ts';
import { applyMesh } from './applyMesh.ts';
import { exceptionsAmong, servingPods } from './meshedServices.ts';
import { podsBehind } from './podsBehind.ts';
import { policiesOf } from './policiesOf.ts';

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
      const workloads = new Set<Resource>();
      // A role that a template may fill is not missing.
      const open = new Set<string>(
        route.root.find('spec', 'http')?.open === true ? ['policy', 'service', 'workload'] : [],
      );
      for (const { destination } of routeDestinations(route)) {
        const host = destination.find('host');
        if (!host) continue;
        const ofHost = policiesOf(host, route, graph);
        for (const policy of ofHost.rules) policies.add(policy);
        if (!ofHost.certain) open.add('policy');
        const target = resolveHost(host, route, graph);
        if (target.status === 'found') services.add(target.resource);
        else if (target.status === 'unknown') open.add('service');
        const behind = podsBehind(host, route, graph);
        for (const participant of behind.participants) workloads.add(participant);
        if (!behind.certain) open.add('workload');
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
        (role) => !open.has(role) && !participants.some((participant) => participant.role === role),
      );
      yield { pattern: 'service-mesh', name: instanceName(route, graph), participants, missing };
    }
    for (const { service, policies } of exceptionsAmong(graph, ({ routes }) => routes.length > 0)) {
      const named = (role: string) => (resource: Resource) => ({
        role,
        resource,
        at: resource.root.find('metadata', 'name') ?? resource.root,
      });
      yield {
        pattern: 'service-mesh',
        name: instanceName(service, graph),
        participants: [...policies.map(named('policy')), named('service')(service), ...servingPods(service, graph)],
        missing: ['route'],
      };
    }
  },
  explanations: [
    {
      types: [VIRTUAL_SERVICE],
      path: ['spec', 'gateways'],
      text: () =>
        'The gateways that this route is attached to, as `name` or `namespace/name`. `mesh` stands for all sidecars; it is what counts when nothing is written, and it must be repeated when a gateway is named and calls inside the mesh shall follow the route too.',
    },
  ],
  apply: applyMesh,
});
