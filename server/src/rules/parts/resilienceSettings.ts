import type { EffectiveSetting } from '../../workspace/applications/setting.ts';
import {
  type ResilienceInstance,
  type ResilienceKind,
  resilienceInstances,
} from '../../workspace/applications/spring/resilience4j.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

/** The instances of a kind whose value of `setting` is certainly the one that `resource` writes, each place once. */
export function* instancesSetBy(
  resource: Resource,
  kind: ResilienceKind,
  setting: string,
  graph: ResourceGraph,
): Iterable<{ readonly instance: ResilienceInstance; readonly written: EffectiveSetting }> {
  const told = new Set<number>();
  for (const instance of resilienceInstances(graph, kind)) {
    const written = instance.get(setting);
    if (written?.resource !== resource || told.has(written.at.span.start)) continue;
    if (!instance.settings.isCertain(written)) continue;
    told.add(written.at.span.start);
    yield { instance, written };
  }
}

/** `the retry payments of Deployment orders`. */
export function instanceInWords({ kind, name, workload }: ResilienceInstance): string {
  const { kind: workloadKind, name: workloadName } = workload.resource;
  return `the ${WORDS[kind]} ${name} of ${workloadKind} ${workloadName ?? ''}`.trim();
}

const WORDS: Readonly<Record<ResilienceKind, string>> = {
  circuitbreaker: 'circuit breaker',
  retry: 'retry',
  bulkhead: 'bulkhead',
  'thread-pool-bulkhead': 'thread pool',
  timelimiter: 'time limiter',
  ratelimiter: 'rate limiter',
};
