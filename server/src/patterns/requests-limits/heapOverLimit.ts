import { defineRule } from '../../rules/contract.ts';
import { containerName, containersOf, POD_OWNERS } from '../../rules/parts/containers.ts';
import { formatBytes, readQuantity } from '../../rules/parts/quantity.ts';
import type { SourceNode } from '../../text/sourceNode.ts';

/** Environment variables that start scripts and the JVM itself read options from. */
const VARIABLES = new Set([
  'JAVA_TOOL_OPTIONS',
  'JDK_JAVA_OPTIONS',
  '_JAVA_OPTIONS',
  'JAVA_OPTS',
  'JAVA_OPTIONS',
  'CATALINA_OPTS',
  'JVM_OPTS',
  'ES_JAVA_OPTS',
  'KAFKA_HEAP_OPTS',
]);

/** A heap that may grow to the container's limit leaves no room for the rest of the JVM, and the kernel stops it. */
export const rule = defineRule({
  id: 'requests-limits/heap-over-limit',
  severity: 'error',
  profile: 'recommended',
  types: POD_OWNERS,
  *check(resource) {
    for (const entry of containersOf(resource)) {
      const limit = entry.container.find('resources', 'limits', 'memory');
      const bytes = readQuantity(limit?.scalar);
      if (!limit || bytes === undefined) continue;
      for (const node of optionNodes(entry.container)) {
        const heap = maximumHeap(node.text() ?? '');
        if (heap === undefined || heap < bytes) continue;
        yield {
          at: node,
          message: `The JVM of ${containerName(entry)} may take ${formatBytes(heap)} of heap alone, and its memory limit is ${limit.text()}.`,
          related: [{ at: limit, message: 'The memory limit.' }],
        };
      }
    }
  },
});

function* optionNodes(container: SourceNode): Iterable<SourceNode> {
  for (const variable of container.find('env')?.items ?? []) {
    const value = variable.find('value');
    if (value && VARIABLES.has(variable.text('name') ?? '')) yield value;
  }
  for (const field of ['command', 'args']) yield* container.find(field)?.items ?? [];
}

/** The last `-Xmx` counts; its units are binary, whatever their case. */
function maximumHeap(options: string): number | undefined {
  const match = [...options.matchAll(/(?:^|\s)-Xmx(\d+)([kKmMgGtT]?)(?=\s|$)/g)].at(-1);
  if (!match) return undefined;
  const factor = { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 }[match[2]!.toLowerCase()]!;
  return Number(match[1]) * factor;
}
