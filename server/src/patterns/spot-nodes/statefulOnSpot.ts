import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { placementsOf } from './placement.ts';

/** A primary that loses its node fails over, and its volume has to follow it: minutes without writes, at any time. */
export const rule = defineRule({
  id: 'spot-nodes/stateful-on-spot',
  severity: 'warning',
  profile: 'recommended',
  types: ['apps/StatefulSet'],
  *check(resource, graph) {
    const claims = resource.root.find('spec', 'volumeClaimTemplates');
    const [placement] = placementsOf(resource, graph);
    if (!placement || !claims || claims.items.length === 0) return;
    yield {
      at: placement.at,
      message: `${describe(resource)} keeps data and ${placement.only ? 'stands' : 'may stand'} on the spot nodes of ${placement.pool.resource.name ?? 'a pool'}, which are taken back at any time.`,
      related: [{ at: placement.pool.at, message: 'The spot nodes.' }],
    };
  },
});
