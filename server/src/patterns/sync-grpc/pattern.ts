import { instanceName } from '../../rules/parts/instanceName.ts';
import { definePattern, type Participant } from '../../rules/pattern.ts';
import { DESTINATION_RULE } from '../../workspace/istio/destinationRules.ts';
import { podsByLabels } from '../../workspace/kubernetes/podSelection.ts';
import { callersOf } from '../../workspace/kubernetes/serviceCalls.ts';
import { WORKLOAD_TYPES } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import { applyGrpc } from './applyGrpc.ts';
import { balancingOf, hasSeveralPods, mayBeMeshed, mostReplicas } from './balancing.ts';
import { grpcPortsOf } from './grpcPorts.ts';
import { lostServices } from './lostServices.ts';

/** Telemetry is sent by gRPC as well, but nobody waits for its answer. */
const TELEMETRY = /otlp|otel|jaeger|zipkin|opencensus|telemetry/i;

export const pattern = definePattern({
  id: 'sync-grpc',
  title: 'Synchronous calls by gRPC',
  category: 'communication',
  summary:
    'One service calls typed procedures of another over a long-lived HTTP/2 connection, and waits for the answer.',
  roles: {
    caller: { title: 'caller', required: false },
    address: { title: 'address that the caller reads', required: false },
    service: { title: 'Service with a gRPC port', required: true },
    callee: { title: 'pods that answer', required: true },
    balancing: { title: 'what spreads the calls over the pods', required: true },
    probe: { title: 'gRPC probe', required: false },
  },
  *recognize(graph) {
    for (const service of graph.all('Service')) {
      const ports = grpcPortsOf(service, graph).filter(
        ({ port }) => !TELEMETRY.test(`${port.text('name')} ${service.name}`),
      );
      if (ports.length === 0) continue;
      const selector = service.root.find('spec', 'selector');
      const { workloads, certain } = podsByLabels(service, selector, graph);
      const participant = (role: string, resource: Resource): Participant => ({
        role,
        resource,
        at: resource.root.find('metadata', 'name') ?? resource.root,
      });
      const callers = callersOf(service, graph).filter(
        ({ caller, address }) => caller !== undefined && ports.some(({ port }) => port.number('port') === address.port),
      );
      // A job that reads the same ConfigMap as its service hardly calls what the service calls.
      const serving = callers.filter(({ caller }) => !caller!.resource.type.startsWith('batch/'));
      const calls = serving.length > 0 ? serving : callers;
      const balancing = balancingOf(service, workloads, graph);
      const probes = ports.flatMap(({ evidence }) =>
        evidence?.parent?.key === 'grpc'
          ? workloads.flatMap(({ resource }) =>
              resource.root.source === evidence.source ? { resource, at: evidence } : [],
            )
          : [],
      );
      const isSpread =
        balancing.length > 0 || hasSeveralPods(workloads, graph) !== true || mayBeMeshed(service, workloads, graph);
      yield {
        pattern: 'sync-grpc',
        name: instanceName(service, graph),
        participants: [
          ...new Map(calls.map(({ caller }) => [caller!.resource, participant('caller', caller!.resource)])).values(),
          ...new Map(calls.map(({ at, owner }) => [at, { role: 'address', resource: owner, at }])).values(),
          { role: 'service', resource: service, at: ports[0]!.port.find('name') ?? ports[0]!.port },
          ...workloads.map(({ resource }) => participant('callee', resource)),
          ...balancing.map(({ resource, at }) => ({ role: 'balancing', resource, at })),
          ...probes.slice(0, 1).map(({ resource, at }) => ({ role: 'probe', resource, at })),
        ],
        missing: [
          ...(workloads.length > 0 || !certain || !selector ? [] : ['callee']),
          ...(isSpread ? [] : ['balancing']),
        ],
      };
    }
    yield* lostServices(graph);
  },
  explanations: [
    {
      types: ['Service'],
      path: ['spec', 'ports', '*', 'appProtocol'],
      text(field, service, graph) {
        if (!field.text()?.startsWith('grpc')) return undefined;
        const { workloads } = podsByLabels(service, service.root.find('spec', 'selector'), graph);
        const counts = workloads.map((workload) => mostReplicas(workload, graph));
        const most = counts.includes(undefined) ? undefined : counts.reduce<number>((sum, count) => sum + count!, 0);
        const pods = most === undefined || most < 2 ? 'the pods' : `up to ${most} pods`;
        const isHeadless = service.root.text('spec', 'clusterIP') === 'None';
        const isSpread = balancingOf(service, workloads, graph).length > 0;
        return [
          '**gRPC.** Gateways and meshes speak HTTP/2 to this port and balance each call.',
          isHeadless
            ? `DNS gives clients the addresses of ${pods}; a client with the address \`dns:///\` and the policy \`round_robin\` spreads its calls over them. It sees new pods when a connection ends: let the server end each after some minutes (maximum connection age).`
            : isSpread
              ? `The mesh spreads the calls over ${pods}.`
              : `The Service itself spreads connections only: without a mesh a client stays with one of ${pods} until its connection ends.`,
        ].join(' ');
      },
    },
    {
      types: WORKLOAD_TYPES,
      path: ['**', 'grpc', 'port'],
      text: (field) =>
        field.parent?.parent?.key?.endsWith('Probe')
          ? `**gRPC probe.** The kubelet calls \`grpc.health.v1.Health/Check\` on port ${field.text() ?? ''}${field.parent.text('service') ? ` for ${field.parent.text('service')}` : ''}; the server must implement it. It speaks no TLS.`
          : undefined,
    },
    {
      types: [DESTINATION_RULE],
      path: ['**', 'http', 'http2MaxRequests'],
      text: (field) =>
        `At most ${field.text() ?? ''} requests to the host at one time, over all connections. For gRPC this is the limit that counts: many calls share one connection, so that \`maxConnections\` hardly bounds them.`,
    },
    {
      types: [DESTINATION_RULE],
      path: ['**', 'http', 'maxRequestsPerConnection'],
      text: (field) =>
        `After ${field.text() ?? ''} requests a connection is replaced by a new one. gRPC keeps connections for long; a limit makes clients meet new pods from time to time, and 1 costs a handshake for each call.`,
    },
  ],
  apply: applyGrpc,
});
