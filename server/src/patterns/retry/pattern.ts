import { formatDuration } from '../../rules/parts/duration.ts';
import { instanceName } from '../../rules/parts/instanceName.ts';
import { resilienceLibraries } from '../../rules/parts/resilienceLibraries.ts';
import { definePattern, type Participant } from '../../rules/pattern.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { calleeOfInstance, workloadsBehind } from '../../workspace/applications/spring/clientCalls.ts';
import { resilienceInstances } from '../../workspace/applications/spring/resilience4j.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { routeDestinations } from '../../workspace/istio/destinations.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { podsBehind } from '../service-mesh/podsBehind.ts';
import { applyRetry } from './applyRetry.ts';
import {
  DEFAULT_ATTEMPTS,
  DEFAULT_BACKOFF_MILLISECONDS,
  DEFAULT_CONDITIONS,
  type RouteRetries,
  readGatewayRetries,
  readRetries,
} from './retries.ts';
import { HTTP_ROUTE, RETRYING_ROUTES, routesOf } from './routeTypes.ts';
import { retryStrategies, WORKFLOW_TYPES } from './workflowRetries.ts';

export const pattern = definePattern({
  id: 'retry',
  title: 'Retry',
  category: 'resilience',
  summary: 'Repeats a call that failed for a moment, a few times and with a growing pause.',
  roles: {
    policy: { title: 'retry policy', required: true },
    workload: { title: 'callee', required: false },
  },
  *recognize(graph) {
    for (const resource of graph.all(...RETRYING_ROUTES)) {
      const field = resource.type === VIRTUAL_SERVICE ? 'retries' : 'retry';
      const policies = routesOf(resource).flatMap((route) => {
        const block = route.find(field);
        return block && block.number('attempts') !== 0 ? block : [];
      });
      yield* instanceOf(resource, policies, calleesOf(resource, graph), graph);
    }
    for (const resource of graph.all(...WORKFLOW_TYPES)) {
      const strategies = [...retryStrategies(resource)].map(({ strategy }) => strategy);
      yield* instanceOf(resource, strategies, [], graph);
    }
    for (const retry of resilienceInstances(graph, 'retry')) {
      const callee = calleeOfInstance(retry, graph);
      yield {
        pattern: 'retry',
        name: `${retry.name} of ${retry.workload.resource.name ?? retry.settings.source.name}`,
        participants: [
          { role: 'policy', resource: retry.resource, at: retry.at },
          ...(callee ? workloadsBehind(callee, graph) : []).map((resource) => ({
            role: 'workload',
            resource,
            at: resource.root.find('metadata', 'name') ?? resource.root,
          })),
        ],
        missing: [],
      };
    }
    for (const { name, source, resource, at } of resilienceLibraries('retry', graph)) {
      const participants = [{ role: 'policy', resource, at }];
      yield { pattern: 'retry', name: `${name} in ${source.name}`, participants, missing: [] };
    }
    for (const resource of graph.all('batch/Job')) {
      const limit = resource.root.find('spec', 'backoffLimit');
      if (limit && limit.number() !== 0) yield* instanceOf(resource, [limit], [], graph);
    }
  },
  explanations: [
    {
      types: [VIRTUAL_SERVICE],
      path: ['spec', 'http', '*', 'retries'],
      text: (field) => worstCase(field.parent, true),
    },
    {
      types: [VIRTUAL_SERVICE],
      path: ['spec', 'http', '*', 'retries', 'attempts'],
      text: (field) => worstCase(field.parent?.parent, true),
    },
    {
      types: [VIRTUAL_SERVICE],
      path: ['spec', 'http', '*', 'retries', 'perTryTimeout'],
      text: () =>
        'The longest time of one try. When it is over, the try counts as failed and the next one begins. Without it, one try may take the whole time of the route, and nothing is left for a second one.',
    },
    {
      types: [VIRTUAL_SERVICE],
      path: ['spec', 'http', '*', 'retries', 'retryOn'],
      text: () =>
        `The failures after which the request is sent again, separated by commas. Without it: \`${DEFAULT_CONDITIONS}\`. \`connect-failure\` and \`refused-stream\` mean that the callee has not begun; after \`5xx\`, \`reset\` or a status code it may have done its work already.`,
    },
    {
      types: [VIRTUAL_SERVICE],
      path: ['spec', 'http', '*', 'route'],
      text: (field) => (field.parent?.lacks('retries') ? worstCase(field.parent, true) : undefined),
    },
    { types: [HTTP_ROUTE], path: ['spec', 'rules', '*', 'retry'], text: (field) => worstCase(field.parent, false) },
    {
      types: ['batch/Job'],
      path: ['spec', 'backoffLimit'],
      text: (field) =>
        `How often the Job's pod is started again before the Job counts as failed: ${field.number() ?? '?'} times. The pause is 10 s, then 20 s, 40 s … up to 6 minutes.`,
    },
  ],
  apply: applyRetry,
});

function* instanceOf(
  resource: Resource,
  policies: readonly SourceNode[],
  callees: readonly Resource[],
  graph: ResourceGraph,
) {
  if (policies.length === 0) return;
  const participants: Participant[] = [
    ...policies.map((policy) => ({ role: 'policy', resource, at: policy.keyPlace })),
    ...callees.map((callee) => ({
      role: 'workload',
      resource: callee,
      at: callee.root.find('metadata', 'name') ?? callee.root,
    })),
  ];
  yield { pattern: 'retry', name: instanceName(resource, graph), participants, missing: [] };
}

/** What answers to the destinations of a VirtualService. */
function calleesOf(resource: Resource, graph: ResourceGraph): readonly Resource[] {
  if (resource.type !== VIRTUAL_SERVICE) return [];
  const callees = new Set<Resource>();
  for (const { destination } of routeDestinations(resource)) {
    const host = destination.find('host');
    if (!host) continue;
    for (const callee of podsBehind(host, resource, graph).participants) callees.add(callee);
  }
  return [...callees];
}

/** The tries of a route and the longest time that its caller waits, with the numbers of this file. */
function worstCase(route: SourceNode | undefined, isIstio: boolean): string | undefined {
  if (!route) return undefined;
  const retries = isIstio ? readRetries(route) : readGatewayRetries(route);
  const { attempts, isDefault } = retries;
  if (attempts === undefined) return undefined;
  const lead = isDefault
    ? `No \`retries\` are written here, so Istio's own policy counts: ${DEFAULT_ATTEMPTS} retries on \`${DEFAULT_CONDITIONS}\`, with a pause that grows from ${DEFAULT_BACKOFF_MILLISECONDS} ms. \`attempts: 0\` switches it off.`
    : attempts === 0
      ? 'Nothing is repeated: 0 attempts switch retries off, those of the mesh by default included.'
      : `1 try + ${attempts} ${attempts === 1 ? 'retry' : 'retries'}: one request reaches the callee up to ${attempts + 1} times.`;
  return [`**Retry.** ${lead}`, '', longest(retries)].join('\n');
}

function longest({ attempts, perTry, timeout }: RouteRetries): string {
  const tries = (attempts ?? 0) + 1;
  if (perTry === undefined)
    return timeout
      ? `Worst case: the caller waits ${formatDuration(timeout)}, which a single slow try can use up.`
      : 'Worst case: there is no timeout, so the caller waits as long as the callee lets it.';
  const sum = tries * perTry;
  if (timeout && timeout < sum)
    return `Worst case: ${tries} × ${formatDuration(perTry)} = ${formatDuration(sum)}, cut off by the timeout after ${formatDuration(timeout)}.`;
  return `Worst case: ${tries} × ${formatDuration(perTry)} = ${formatDuration(sum)}, and the pauses between the tries.`;
}
