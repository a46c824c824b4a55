import { defineRule } from '../../rules/contract.ts';
import { CONTAINER_OWNERS, containersOf } from '../../rules/parts/containers.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { describe } from '../../workspace/resource.ts';

/** The containers of a pod share one network: the second that wants a port does not get it, and crashes. */
export const rule = defineRule({
  id: 'reliability/port-taken-twice',
  severity: 'error',
  profile: 'recommended',
  types: CONTAINER_OWNERS,
  equivalents: ['kube-score:container-ports-check'],
  *check(resource) {
    const taken = new Map<string, { container: SourceNode; at: SourceNode }>();
    for (const { container, phase } of containersOf(resource)) {
      if (phase === 'init') continue;
      for (const port of container.find('ports')?.items ?? []) {
        const at = port.find('containerPort');
        const number = at?.number();
        if (!at || number === undefined || port.conditional || port.find('protocol')?.kind === 'unknown') continue;
        const key = `${number}/${port.text('protocol') ?? 'TCP'}`;
        const first = taken.get(key);
        if (!first) taken.set(key, { container, at });
        else if (first.container !== container)
          yield {
            at,
            message: `Container ${container.text('name') ?? ''} of ${describe(resource)} cannot listen on port ${number}, which container ${first.container.text('name') ?? ''} has.`,
            related: [{ at: first.at, message: 'The same port of the same pod.' }],
          };
      }
    }
  },
});
