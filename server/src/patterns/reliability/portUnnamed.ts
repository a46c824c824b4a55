import { defineRule } from '../../rules/contract.ts';
import { CONTAINER_OWNERS, containerName, containersOf } from '../../rules/parts/containers.ts';

/** A Service that refers to a port by its name need not change when the number does. */
export const rule = defineRule({
  id: 'reliability/port-unnamed',
  severity: 'information',
  profile: 'strict',
  types: CONTAINER_OWNERS,
  equivalents: ['kyverno:require-container-port-names', 'popeye:108'],
  *check(resource) {
    for (const entry of containersOf(resource)) {
      for (const port of entry.container.find('ports')?.items ?? []) {
        if (!port.lacks('name')) continue;
        const number = port.find('containerPort');
        if (!number) continue;
        yield { at: number, message: `Port ${number.text() ?? ''} of ${containerName(entry)} has no name.` };
      }
    }
  },
});
