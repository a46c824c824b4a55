import { formatDuration, readDuration } from '../../rules/parts/duration.ts';
import { instanceName } from '../../rules/parts/instanceName.ts';
import { definePattern, type Participant } from '../../rules/pattern.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { DESTINATION_RULE, VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { routeDestinations } from '../../workspace/istio/destinations.ts';
import type { Resource } from '../../workspace/resource.ts';
import { readGatewayRetries, readRetries } from '../retry/retries.ts';
import { HTTP_ROUTE, RETRYING_ROUTES, routesOf } from '../retry/routeTypes.ts';
import { exceptionsAmong, servingPods } from '../service-mesh/meshedServices.ts';
import { podsBehind } from '../service-mesh/podsBehind.ts';
import { policiesOf } from '../service-mesh/policiesOf.ts';
import { applyTimeout } from './applyTimeout.ts';

export const pattern = definePattern({
  id: 'timeout',
  title: 'Timeout',
  category: 'resilience',
  summary: 'Bounds how long a caller waits: to connect, for one try, and for everything together.',
  roles: {
    overall: { title: 'timeout of the route', required: true },
    try: { title: 'timeout of one try', required: false },
    connection: { title: 'timeout to connect', required: false },
    workload: { title: 'callee', required: false },
  },
  *recognize(graph) {
    for (const resource of graph.all(...RETRYING_ROUTES)) {
      const isIstio = resource.type === VIRTUAL_SERVICE;
      const participants: Participant[] = [];
      for (const route of routesOf(resource)) {
        const overall = overallOf(route, isIstio);
        const attempt = isIstio ? route.find('retries', 'perTryTimeout') : route.find('timeouts', 'backendRequest');
        if (overall) participants.push({ role: 'overall', resource, at: overall });
        if (attempt) participants.push({ role: 'try', resource, at: attempt });
      }
      if (!participants.some(({ role }) => role === 'overall')) continue;
      const callees = new Set<Resource>();
      const connections = new Map<Resource, SourceNode>();
      for (const { destination } of isIstio ? routeDestinations(resource) : []) {
        const host = destination.find('host');
        if (!host) continue;
        for (const callee of podsBehind(host, resource, graph).participants) callees.add(callee);
        for (const policy of policiesOf(host, resource, graph).rules) {
          const connect = policy.root.find('spec', 'trafficPolicy', 'connectionPool', 'tcp', 'connectTimeout');
          if (connect) connections.set(policy, connect);
        }
      }
      for (const [policy, at] of connections) participants.push({ role: 'connection', resource: policy, at });
      for (const callee of callees)
        participants.push({
          role: 'workload',
          resource: callee,
          at: callee.root.find('metadata', 'name') ?? callee.root,
        });
      yield { pattern: 'timeout', name: instanceName(resource, graph), participants, missing: [] };
    }
    for (const { service } of exceptionsAmong(graph, ({ routes }) => routes.some(hasOverall)))
      yield {
        pattern: 'timeout',
        name: instanceName(service, graph),
        participants: servingPods(service, graph),
        missing: ['overall'],
      };
  },
  explanations: [
    { types: [VIRTUAL_SERVICE], path: ['spec', 'http', '*', 'timeout'], text: (field) => wholeTime(field, true) },
    {
      types: [HTTP_ROUTE],
      path: ['spec', 'rules', '*', 'timeouts', 'request'],
      text: (field) => wholeTime(field, false),
    },
    {
      types: [HTTP_ROUTE],
      path: ['spec', 'rules', '*', 'timeouts', 'backendRequest'],
      text: () => 'The longest time of one try at the backend. It must fit into `request`, once for each try.',
    },
    {
      types: [DESTINATION_RULE],
      path: ['**', 'tcp', 'connectTimeout'],
      text: () =>
        'How long a connection may take to open. A pod that is gone does not answer at all, so a short time moves the request to another pod soon. Istio waits 10 s where nothing is written.',
    },
    {
      types: [DESTINATION_RULE],
      path: ['**', 'http', 'idleTimeout'],
      text: () =>
        'How long a connection without requests is kept. Shorter than the idle timeout of the callee, or a request meets a connection that the callee closes at this moment. Istio keeps it for 1 h where nothing is written.',
    },
  ],
  apply: applyTimeout,
});

function hasOverall(resource: Resource): boolean {
  return routesOf(resource).some((route) => overallOf(route, resource.type === VIRTUAL_SERVICE) !== undefined);
}

function overallOf(route: SourceNode, isIstio: boolean): SourceNode | undefined {
  return isIstio ? route.find('timeout') : route.find('timeouts', 'request');
}

/** The longest time that a caller of the route waits, with the numbers of this file. */
function wholeTime(field: SourceNode, isIstio: boolean): string | undefined {
  const limit = readDuration(field.text());
  const route = isIstio ? field.parent : field.parent?.parent;
  if (limit === undefined || !route) return undefined;
  if (limit === 0) return '**Timeout.** 0 means no limit: a caller waits as long as the callee lets it.';
  const { attempts, perTry } = isIstio ? readRetries(route) : readGatewayRetries(route);
  const tries = (attempts ?? 0) + 1;
  const lead = `**Timeout.** A caller waits at most ${formatDuration(limit)}, all tries and the pauses between them included.`;
  if (perTry === undefined || attempts === undefined) return lead;
  return `${lead} ${tries} ${tries === 1 ? 'try' : 'tries'} of ${formatDuration(perTry)} take up to ${formatDuration(tries * perTry)} of it.`;
}
