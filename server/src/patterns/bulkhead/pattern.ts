import { SPRING_SETTINGS } from '../../languages/java/springSettings.ts';
import { instanceName } from '../../rules/parts/instanceName.ts';
import { definePattern, type Participant } from '../../rules/pattern.ts';
import { calleeOfInstance, workloadsBehind } from '../../workspace/applications/spring/clientCalls.ts';
import { resilienceInstances } from '../../workspace/applications/spring/resilience4j.ts';
import { DESTINATION_RULE } from '../../workspace/istio/destinationRules.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { budgetsOf } from '../reliability/disruptionBudget.ts';
import { exceptionsAmong, servingPods } from '../service-mesh/meshedServices.ts';
import { podsBehind } from '../service-mesh/podsBehind.ts';
import { trafficPolicies } from '../service-mesh/trafficPolicies.ts';
import { applyBulkhead } from './applyBulkhead.ts';

export const pattern = definePattern({
  id: 'bulkhead',
  title: 'Bulkhead',
  category: 'resilience',
  summary: 'Keeps resources apart, so that one slow or greedy part cannot take those of all others.',
  roles: {
    limit: { title: 'limit of calls at a time', required: true },
    workload: { title: 'callee behind the limit', required: true },
    quota: { title: 'quota of its namespace', required: false },
    priority: { title: 'priority of its pods', required: false },
    budget: { title: 'disruption budget', required: false },
  },
  *recognize(graph) {
    for (const resource of graph.all(DESTINATION_RULE)) {
      const pool = [...trafficPolicies(resource.root)].flatMap((policy) => policy.find('connectionPool') ?? [])[0];
      const host = resource.root.find('spec', 'host');
      if (!pool || !host) continue;
      const { participants: callees, certain } = podsBehind(host, resource, graph);
      yield {
        pattern: 'bulkhead',
        name: instanceName(resource, graph),
        participants: [{ role: 'limit', resource, at: pool.keyPlace }, ...protectedBy(callees, graph)],
        missing: callees.length > 0 || !certain ? [] : ['workload'],
      };
    }
    for (const { service } of exceptionsAmong(graph, ({ policies }) => policies.some(hasPool))) {
      const callees = servingPods(service, graph).map(({ resource }) => resource);
      yield {
        pattern: 'bulkhead',
        name: instanceName(service, graph),
        participants: protectedBy(callees, graph),
        missing: ['limit'],
      };
    }
    for (const kind of ['bulkhead', 'thread-pool-bulkhead'] as const) {
      for (const instance of resilienceInstances(graph, kind)) {
        const callee = calleeOfInstance(instance, graph);
        const behind = callee ? workloadsBehind(callee, graph) : [];
        yield {
          pattern: 'bulkhead',
          name: `${instance.name} of ${instance.workload.resource.name ?? instance.settings.source.name}`,
          participants: [
            { role: 'limit', resource: instance.resource, at: instance.at },
            ...protectedBy(behind, graph),
          ],
          // What an instance is for is said by its name alone: a callee elsewhere is not missing.
          missing: callee && behind.length === 0 ? ['workload'] : [],
        };
      }
    }
  },
  explanations: [
    {
      types: [DESTINATION_RULE],
      path: ['**', 'connectionPool'],
      text(field) {
        const connections = field.number('tcp', 'maxConnections');
        const pending = field.number('http', 'http1MaxPendingRequests');
        const requests = field.number('http', 'http2MaxRequests');
        if (connections === undefined) return undefined;
        return [
          '**Bulkhead.** The sidecar of each calling pod counts for itself:',
          '',
          `- HTTP/1.1: ${connections} requests at a time, one for each connection${pending === undefined ? '' : `, and ${pending} that wait: ${connections + pending} in all`}.`,
          ...(requests === undefined ? [] : [`- HTTP/2 and gRPC: ${requests} requests at a time.`]),
          '',
          'What is more is refused at once with 503, so that a slow callee takes no further threads of its callers.',
        ].join('\n');
      },
    },
    ...['max-concurrent-calls', 'max-wait-duration'].map((setting) => ({
      types: [SPRING_SETTINGS],
      path: ['resilience4j', 'bulkhead', 'instances', '*', setting],
      text: () =>
        setting === 'max-concurrent-calls'
          ? '**Bulkhead.** So many calls run at a time; 25 where it is not set. It has to be smaller than the threads of the server, or one slow callee takes them all.'
          : '**Bulkhead.** So long a call waits for its turn, and keeps its thread meanwhile. 0 refuses it at once.',
    })),
  ],
  apply: applyBulkhead,
});

function hasPool({ root }: Resource): boolean {
  return [...trafficPolicies(root)].some((policy) => policy.find('connectionPool') !== undefined);
}

/** The callees, and what else keeps their resources apart from those of others. */
function protectedBy(callees: readonly Resource[], graph: ResourceGraph): Participant[] {
  const participants: Participant[] = [];
  const add = (role: string, resource: Resource, at: Participant['at']): void => {
    if (!participants.some((other) => other.role === role && other.resource === resource))
      participants.push({ role, resource, at });
  };
  for (const callee of callees) {
    const workload = workloadOf(callee);
    if (!workload) continue;
    add('workload', callee, callee.root.find('metadata', 'name') ?? callee.root);
    const priority = workload.podSpec?.find('priorityClassName');
    if (priority) add('priority', callee, priority);
    for (const quota of graph.near(callee, 'ResourceQuota')) {
      if (quota.namespace !== undefined && quota.namespace === callee.namespace)
        add('quota', quota, quota.root.find('metadata', 'name') ?? quota.root);
    }
    for (const budget of budgetsOf(callee, graph))
      add('budget', budget, budget.root.find('metadata', 'name') ?? budget.root);
  }
  return participants;
}
