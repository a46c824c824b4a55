import { formatDuration } from '../../rules/parts/duration.ts';
import { resilienceLibraries } from '../../rules/parts/resilienceLibraries.ts';
import type { PatternInstance } from '../../rules/pattern.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { calleeOfInstance, workloadsBehind } from '../../workspace/applications/spring/clientCalls.ts';
import { type ResilienceInstance, resilienceInstances } from '../../workspace/applications/spring/resilience4j.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

/** The circuit breakers of Resilience4j: each guards the calls of one application to one callee. */
export function* applicationBreakers(graph: ResourceGraph): Iterable<PatternInstance> {
  for (const breaker of resilienceInstances(graph, 'circuitbreaker')) {
    const callee = calleeOfInstance(breaker, graph);
    const behind = callee ? workloadsBehind(callee, graph) : [];
    const limit = resilienceInstances(graph, 'bulkhead').find(
      ({ settings, name }) => settings === breaker.settings && name === breaker.name,
    );
    yield {
      pattern: 'circuit-breaker',
      name: `${breaker.name} of ${breaker.workload.resource.name ?? breaker.settings.source.name}`,
      participants: [
        { role: 'breaker', resource: breaker.resource, at: breaker.at },
        ...(limit ? [{ role: 'pool', resource: limit.resource, at: limit.at }] : []),
        ...behind.map((resource) => ({
          role: 'workload',
          resource,
          at: resource.root.find('metadata', 'name') ?? resource.root,
        })),
      ],
      // What an instance is for is said by its name alone, and its calls may be limited in the mesh.
      missing: callee && behind.length === 0 ? ['workload'] : [],
    };
  }
}

/** Breakers in code of .NET and Rust, known by their libraries alone. */
export function* libraryBreakers(graph: ResourceGraph): Iterable<PatternInstance> {
  for (const { name, source, resource, at } of resilienceLibraries('breaker', graph)) {
    yield {
      pattern: 'circuit-breaker',
      name: `${name} in ${source.name}`,
      participants: [{ role: 'breaker', resource, at }],
      missing: [],
    };
  }
}

const DEFAULTS = { window: 100, rate: 50, open: 60_000, permitted: 10 };

/** The states of a breaker with the numbers that count where it runs. */
export function applicationStates(field: SourceNode, resource: Resource, graph: ResourceGraph): string | undefined {
  const instance = resilienceInstances(graph, 'circuitbreaker').find(
    (breaker) => breaker.name === field.key && breaker.settings.source.files.includes(resource),
  );
  return instance && drawn(instance);
}

function drawn(instance: ResilienceInstance): string | undefined {
  const window = instance.number('sliding-window-size', DEFAULTS.window);
  const minimum = instance.number('minimum-number-of-calls', DEFAULTS.window);
  const rate = instance.number('failure-rate-threshold', DEFAULTS.rate);
  const open = instance.milliseconds('wait-duration-in-open-state', DEFAULTS.open);
  const permitted = instance.number('permitted-number-of-calls-in-half-open-state', DEFAULTS.permitted);
  if (window === undefined || minimum === undefined || rate === undefined || open === undefined) return undefined;
  const isTimed = instance.get('sliding-window-type')?.value === 'TIME_BASED';
  const calls = isTimed ? `the calls of ${window} s` : `the last ${window} calls`;
  return [
    '**Circuit breaker.**',
    '',
    '```text',
    `Closed ── ${rate} % of ${calls} failed ──▶ Open (every call is refused)`,
    `  ▲                                  │ after ${formatDuration(open)}`,
    `  └── fewer failed ── Half-open (${permitted ?? '?'} calls are tried) ◀┘`,
    '```',
    '',
    `It decides after ${isTimed ? minimum : Math.min(minimum, window)} calls at the earliest.`,
  ].join('\n');
}
