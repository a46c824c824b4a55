import { defineRule } from '../../rules/contract.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { describe } from '../../workspace/resource.ts';

/** A route for every host takes what others' routes should have had; inside the mesh it is rejected. */
export const rule = defineRule({
  id: 'service-mesh/wildcard-host',
  severity: 'error',
  profile: 'recommended',
  types: [VIRTUAL_SERVICE],
  equivalents: ['kyverno:restrict-virtual-service-wildcard'],
  *check(resource) {
    const { root } = resource;
    const gateways = root.find('spec', 'gateways');
    const isForMesh =
      root.lacks('spec', 'gateways') || gateways?.items.some((gateway) => gateway.text() === 'mesh') === true;
    for (const host of root.find('spec', 'hosts')?.items ?? []) {
      const written = host.text();
      if (written === '*' && isForMesh) {
        yield {
          at: host,
          message: `${describe(resource)} is rejected: the host * is not allowed for routes of the mesh.`,
        };
      } else if (written?.startsWith('*')) {
        yield {
          at: host,
          message: `${describe(resource)} takes the requests of every host ${written}.`,
          strict: true,
          severity: 'information',
        };
      }
    }
  },
});
