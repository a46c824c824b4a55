import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { containerName, containersOf, POD_OWNERS } from '../../rules/parts/containers.ts';
import { readQuantity } from '../../rules/parts/quantity.ts';
import type { SourceNode } from '../../text/sourceNode.ts';

/** No container runs in less memory than this; the container runtime itself needs more to start one. */
const LEAST_MEMORY_BYTES = 1_000_000;
/** More cores than any node has: a number of milli-cores that lost its `m`. */
const MOST_CORES = 256;

/** `128m` of memory is an eighth of a byte, and `cpu: 500` five hundred cores: legal, and never meant. */
export const rule = defineRule({
  id: 'requests-limits/unit-slip',
  severity: 'error',
  profile: 'recommended',
  types: POD_OWNERS,
  *check(resource) {
    for (const entry of containersOf(resource)) {
      for (const part of ['requests', 'limits']) {
        for (const node of entry.container.find('resources', part)?.entries ?? []) {
          const meant = meantValue(node);
          if (meant === undefined) continue;
          const noun = part === 'requests' ? 'request' : 'limit';
          yield {
            at: node,
            message: `The ${node.key} ${noun} of ${containerName(entry)} is ${node.text()}, that is ${inWords(node)}.`,
            fixes: [{ title: `Use ${meant}`, safe: false, edits: () => [replaceValue(node, meant)] }],
          };
        }
      }
    }
  },
});

function meantValue(node: SourceNode): string | undefined {
  const amount = readQuantity(node.scalar);
  const written = node.text();
  if (amount === undefined || written === undefined || amount <= 0) return undefined;
  if (node.key === 'memory' && amount < LEAST_MEMORY_BYTES) {
    const digits = /^\d+(?:\.\d+)?/.exec(written)?.[0] ?? written;
    if (/m$/.test(written) || /^\d+$/.test(written)) return `${digits}Mi`;
    return undefined;
  }
  if (node.key === 'cpu' && amount >= MOST_CORES && /^\d+$/.test(written)) return `${written}m`;
  return undefined;
}

function inWords(node: SourceNode): string {
  const amount = readQuantity(node.scalar)!;
  if (node.key === 'cpu') return `${amount} cores`;
  return amount < 1 ? 'less than one byte' : `${amount} bytes`;
}
