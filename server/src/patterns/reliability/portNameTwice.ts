import { defineRule } from '../../rules/contract.ts';
import { CONTAINER_OWNERS, containerName, containersOf } from '../../rules/parts/containers.ts';
import type { SourceNode } from '../../text/sourceNode.ts';

/** The API server rejects a container with two ports of one name. What a name is made of is the schema's matter. */
export const rule = defineRule({
  id: 'reliability/port-name-twice',
  severity: 'error',
  profile: 'recommended',
  types: CONTAINER_OWNERS,
  equivalents: ['kube-score:container-ports-check'],
  *check(resource) {
    for (const entry of containersOf(resource)) {
      const seen = new Map<string, SourceNode>();
      for (const port of entry.container.find('ports')?.items ?? []) {
        const name = port.find('name');
        const written = name?.text();
        if (!name || written === undefined || port.conditional) continue;
        const first = seen.get(written);
        if (first)
          yield {
            at: name,
            message: `Two ports of ${containerName(entry)} are named ${written}.`,
            related: [{ at: first, message: 'The other port.' }],
          };
        else seen.set(written, name);
      }
    }
  },
});
