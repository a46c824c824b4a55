import { defineRule } from '../../rules/contract.ts';
import { readQuantity } from '../../rules/parts/quantity.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describeOther, type Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { COLLECTOR, CONFIGURATION_TYPES, collectorConfigurationsOf, runnersOf } from './collectorConfiguration.ts';

const MEBIBYTE = 1024 * 1024;

/** A limit above that of the container never takes effect: the kernel ends the process before. */
export const rule = defineRule({
  id: 'tracing/limiter-over-limit',
  severity: 'warning',
  profile: 'recommended',
  types: CONFIGURATION_TYPES,
  *check(resource, graph) {
    for (const { root } of collectorConfigurationsOf(resource)) {
      for (const processor of root.find('processors')?.entries ?? []) {
        const limit = processor.find('limit_mib');
        const mebibytes = limit?.number();
        if (!limit || mebibytes === undefined || !/^memory_limiter(?:\/|$)/.test(processor.key ?? '')) continue;
        for (const { memory, of } of memoryLimits(resource, graph)) {
          const bytes = readQuantity(memory.scalar);
          if (bytes === undefined || mebibytes * MEBIBYTE < bytes) continue;
          yield {
            at: limit,
            message: `${processor.key} lets the collector take ${mebibytes} MiB, but ${describeOther(of)} gives it ${memory.text()}: it is killed before.`,
            related: [{ at: memory, message: 'The limit of the container.' }],
          };
        }
      }
    }
  },
});

function* memoryLimits(
  resource: Resource,
  graph: ResourceGraph,
): Iterable<{ readonly memory: SourceNode; readonly of: Resource }> {
  if (resource.type === COLLECTOR) {
    const memory = resource.root.find('spec', 'resources', 'limits', 'memory');
    if (memory) yield { memory, of: resource };
    return;
  }
  for (const runner of runnersOf(resource, graph)) {
    const containers = workloadOf(runner)?.containers ?? [];
    const [container] =
      containers.length === 1 ? containers : containers.filter((one) => /otel|collector/.test(one.text('image') ?? ''));
    const memory = container?.find('resources', 'limits', 'memory');
    if (memory) yield { memory, of: runner };
  }
}
