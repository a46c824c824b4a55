import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';

/** Plain TCP names no host, so only an address tells one callee from another on the same port. */
export const rule = defineRule({
  id: 'service-mesh/service-entry-without-address',
  severity: 'information',
  // Current versions give such hosts an address of their own where the proxy answers DNS.
  profile: 'strict',
  types: ['networking.istio.io/ServiceEntry'],
  equivalents: ['istioctl:IST0134'],
  *check(resource) {
    const { root } = resource;
    if (!root.lacks('spec', 'addresses')) return;
    for (const port of root.find('spec', 'ports')?.items ?? []) {
      const protocol = port.find('protocol');
      const isPlain = protocol ? protocol.text()?.toUpperCase() === 'TCP' : port.lacks('protocol');
      const at = protocol ?? port.find('number');
      if (!isPlain || !at) continue;
      yield {
        at,
        message: `${describe(resource)} has no addresses, so its port ${port.text('number') ?? ''} takes the plain TCP traffic for every host.`,
      };
    }
  },
});
