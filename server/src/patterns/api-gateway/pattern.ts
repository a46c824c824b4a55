import { definePattern, type Participant } from '../../rules/pattern.ts';
import { DESTINATION_RULE } from '../../workspace/istio/destinationRules.ts';
import { podsByLabels } from '../../workspace/kubernetes/podSelection.ts';
import type { Resource } from '../../workspace/resource.ts';
import { ISTIO_GATEWAY } from '../service-mesh/ingressGateways.ts';
import { applyGateway } from './applyGateway.ts';
import { aggregators, authenticationOf, entriesOf, limitsOf } from './entries.ts';

export const pattern = definePattern({
  id: 'api-gateway',
  title: 'API gateway',
  category: 'microservices',
  summary:
    'One door for all requests from outside: it knows who asks, bounds how much, and finds the service that answers.',
  roles: {
    gateway: { title: 'gateway', required: true },
    authentication: { title: 'authentication', required: true },
    'rate-limit': { title: 'rate limit', required: true },
    routing: { title: 'request routing', required: true },
    aggregation: { title: 'response aggregation', required: false },
    balancing: { title: 'load balancing', required: true },
    workload: { title: 'pods that answer', required: false },
  },
  *recognize(graph) {
    for (const entry of entriesOf(graph)) {
      if (entry.routes.length === 0) continue;
      const participant = (role: string, resource: Resource): Participant => ({
        role,
        resource,
        at: resource.root.find('metadata', 'name') ?? resource.root,
      });
      const targets = entry.routes.flatMap((route) => graph.edgesFrom(route, 'routes-to'));
      const services = new Set(targets.flatMap(({ target }) => (target.status === 'found' ? target.resource : [])));
      const workloads = new Set(
        [...services].flatMap((service) =>
          podsByLabels(service, service.root.find('spec', 'selector'), graph).workloads.map(({ resource }) => resource),
        ),
      );
      const policies = [...services].flatMap((service) =>
        graph.edgesTo(service, 'routes-to').flatMap(({ source }) => (source.type === DESTINATION_RULE ? source : [])),
      );
      const [authentication, limits] = [authenticationOf(entry, graph), limitsOf(entry, graph)];
      const isRouted = targets.length === 0 || targets.some(({ target }) => target.status !== 'missing');
      yield {
        pattern: 'api-gateway',
        name: entry.name,
        participants: [
          ...entry.gateways.map((resource) => participant('gateway', resource)),
          ...authentication.map((done) => ({ role: 'authentication', ...done })),
          ...limits.map((done) => ({ role: 'rate-limit', ...done })),
          ...entry.routes.map((resource) => participant('routing', resource)),
          ...aggregators(graph).map((resource) => participant('aggregation', resource)),
          ...[...new Set([...services, ...policies])].map((resource) => participant('balancing', resource)),
          ...[...workloads].map((resource) => participant('workload', resource)),
        ],
        missing: [
          ...(entry.lacksGateway ? ['gateway'] : []),
          ...(authentication.length > 0 ? [] : ['authentication']),
          ...(limits.length > 0 ? [] : ['rate-limit']),
          ...(isRouted ? [] : ['routing', 'balancing']),
        ],
      };
    }
  },
  explanations: [
    {
      types: [ISTIO_GATEWAY],
      path: ['spec', 'servers', '*', 'hosts'],
      text(_field, resource, graph) {
        const routes = graph
          .edgesTo(resource, 'attached-to')
          .map(({ source }) => `${source.kind} ${source.name ?? ''}`);
        return routes.length === 0
          ? '**Door.** Requests for these hosts are taken in here. No route of the workspace is attached to it yet.'
          : `**Door.** Requests for these hosts are taken in here and routed by ${[...new Set(routes)].join(', ')}. \`namespace/host\` admits routes of that namespace alone.`;
      },
    },
    {
      types: [ISTIO_GATEWAY],
      path: ['spec', 'servers', '*', 'tls', 'mode'],
      text: (field) =>
        ({
          SIMPLE:
            '**TLS ends here.** The gateway shows its certificate, reads the request, and speaks to the service as the mesh does.',
          MUTUAL:
            '**TLS ends here, and callers show certificates too.** Who has none of the given authority is refused.',
          PASSTHROUGH:
            '**TLS does not end here.** The gateway sees the host alone: it can neither authenticate nor limit nor route by path.',
        })[field.text() ?? ''],
    },
  ],
  apply: applyGateway,
});
