import { defineRule } from '../../rules/contract.ts';
import { CONTAINER_OWNERS, containerName, containersOf } from '../../rules/parts/containers.ts';
import { portNameFault } from '../../rules/parts/portNames.ts';

/** The API server rejects a port whose name is no IANA service name. */
export const rule = defineRule({
  id: 'reliability/port-name-invalid',
  severity: 'error',
  profile: 'recommended',
  types: CONTAINER_OWNERS,
  equivalents: ['kube-score:container-ports-check'],
  *check(resource) {
    for (const entry of containersOf(resource)) {
      const seen = new Set<string>();
      for (const port of entry.container.find('ports')?.items ?? []) {
        const name = port.find('name');
        const written = name?.text();
        if (!name || written === undefined || port.conditional) continue;
        const fault = seen.has(written) ? 'another port has that name' : portNameFault(written);
        seen.add(written);
        if (fault !== undefined)
          yield { at: name, message: `The port name ${written} of ${containerName(entry)} is rejected: ${fault}.` };
      }
    }
  },
});
