import type { Place } from '../../text/sourceNode.ts';
import { type ResilienceInstance, resilienceInstances } from '../../workspace/applications/spring/resilience4j.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

/** Resilience4j's own `maxConcurrentCalls`. */
export const DEFAULT_CALLS = 25;
/** What Tomcat takes where `server.tomcat.threads.max` is not set. */
export const DEFAULT_THREADS = 200;

/** A limit of calls at a time in an application: calls that run and, for a pool of threads, calls that wait for one. */
export interface CallLimit {
  readonly instance: ResilienceInstance;
  readonly calls: number;
  readonly at: Place;
  readonly resource: Resource;
}

/** The bulkheads of the workspace whose size is certain. */
export function callLimits(graph: ResourceGraph): readonly CallLimit[] {
  return resilienceInstances(graph, 'bulkhead').flatMap((instance) => {
    const calls = instance.number('max-concurrent-calls', DEFAULT_CALLS);
    const written = instance.get('max-concurrent-calls');
    return calls === undefined || (written && !instance.settings.isCertain(written))
      ? []
      : [{ instance, calls, at: written?.at ?? instance.at, resource: written?.resource ?? instance.resource }];
  });
}
