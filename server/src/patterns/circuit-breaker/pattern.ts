import { SPRING_SETTINGS } from '../../languages/java/springSettings.ts';
import { formatDuration } from '../../rules/parts/duration.ts';
import { instanceName } from '../../rules/parts/instanceName.ts';
import { definePattern } from '../../rules/pattern.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { DESTINATION_RULE } from '../../workspace/istio/destinationRules.ts';
import type { Resource } from '../../workspace/resource.ts';
import { exceptionsAmong, servingPods } from '../service-mesh/meshedServices.ts';
import { podsBehind } from '../service-mesh/podsBehind.ts';
import { trafficPolicies } from '../service-mesh/trafficPolicies.ts';
import { applicationBreakers, applicationStates, libraryBreakers } from './applicationBreakers.ts';
import { applyBreaker } from './applyBreaker.ts';
import { readBreaker } from './breaker.ts';

export const pattern = definePattern({
  id: 'circuit-breaker',
  title: 'Circuit breaker',
  category: 'microservices',
  summary: 'Stops calling an instance that keeps failing, and tries it again after a while.',
  roles: {
    breaker: { title: 'outlier detection', required: true },
    pool: { title: 'connection pool limits', required: true },
    workload: { title: 'protected workload', required: true },
  },
  *recognize(graph) {
    for (const resource of graph.all(DESTINATION_RULE)) {
      const policy = [...trafficPolicies(resource.root)].find((candidate) => candidate.find('outlierDetection'));
      const breaker = policy?.find('outlierDetection');
      if (!policy || !breaker) continue;
      const pool = policy.find('connectionPool') ?? resource.root.find('spec', 'trafficPolicy', 'connectionPool');
      const host = resource.root.find('spec', 'host');
      const { participants, certain } = host ? podsBehind(host, resource, graph) : { participants: [], certain: true };
      yield {
        pattern: 'circuit-breaker',
        name: instanceName(resource, graph),
        participants: [
          { role: 'breaker', resource, at: breaker.keyPlace },
          ...(pool ? [{ role: 'pool', resource, at: pool.keyPlace }] : []),
          ...participants.map((participant) => ({
            role: 'workload',
            resource: participant,
            at: participant.root.find('metadata', 'name') ?? participant.root,
          })),
        ],
        missing: [
          ...(pool || !policy.lacks('connectionPool') ? [] : ['pool']),
          ...(participants.length > 0 || !certain ? [] : ['workload']),
        ],
      };
    }
    for (const { service, policies } of exceptionsAmong(graph, (meshed) => meshed.policies.some(hasBreaker))) {
      const pool = poolsOf(policies)[0];
      yield {
        pattern: 'circuit-breaker',
        name: instanceName(service, graph),
        participants: [...(pool ? [{ role: 'pool', ...pool }] : []), ...servingPods(service, graph)],
        missing: pool ? ['breaker'] : ['breaker', 'pool'],
      };
    }
    yield* applicationBreakers(graph);
    yield* libraryBreakers(graph);
  },
  explanations: [
    { types: [DESTINATION_RULE], path: ['**', 'outlierDetection'], text: (field) => stateMachine(field) },
    {
      types: [SPRING_SETTINGS],
      path: ['resilience4j', 'circuitbreaker', 'instances', '*'],
      text: (field, resource, graph) => applicationStates(field, resource, graph),
    },
  ],
  apply: applyBreaker,
});

function hasBreaker({ root }: Resource): boolean {
  return [...trafficPolicies(root)].some((policy) => policy.find('outlierDetection') !== undefined);
}

function poolsOf(policies: readonly Resource[]) {
  return policies.flatMap((resource) =>
    [...trafficPolicies(resource.root)].flatMap((policy) => {
      const pool = policy.find('connectionPool');
      return pool ? { resource, at: pool.keyPlace } : [];
    }),
  );
}

/** The breaker's states with the numbers of this file. */
function stateMachine(node: SourceNode): string | undefined {
  const { consecutive5xxErrors, interval, baseEjectionTime, maxEjectionPercent } = readBreaker(node);
  if (consecutive5xxErrors === undefined || interval === undefined || baseEjectionTime === undefined) return undefined;
  return [
    '**Circuit breaker.**',
    '',
    '```text',
    `Closed ── ${consecutive5xxErrors} errors in a row ──▶ Open (the pod gets no request)`,
    `  ▲                                  │ ${formatDuration(baseEjectionTime)}, then twice, three times … that long`,
    '  └── success ── Half-open (tried again) ◀┘',
    '```',
    '',
    `Checked every ${formatDuration(interval)}; at most ${maxEjectionPercent ?? '?'} % of the pods are open at once (one always may be).`,
  ].join('\n');
}
