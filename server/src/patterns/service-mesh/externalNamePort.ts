import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { meshProtocol } from './portProtocols.ts';

/** A Service for an external name has no address, so the proxy can tell its plain TCP from nobody else's on that port. */
export const rule = defineRule({
  id: 'service-mesh/external-name-port',
  severity: 'information',
  profile: 'strict',
  types: ['Service'],
  equivalents: ['istioctl:IST0150'],
  *check(service) {
    const { root } = service;
    if (root.text('spec', 'type') !== 'ExternalName') return;
    for (const port of root.find('spec', 'ports')?.items ?? []) {
      const number = port.find('port');
      const protocol = meshProtocol(port);
      if (!number || (protocol !== undefined && protocol !== 'tcp') || port.open) continue;
      if (port.find('name') && port.text('name') === undefined) continue;
      yield {
        at: port.find('name') ?? number,
        message: `In a mesh, port ${number.text()} of ${describe(service)} is plain TCP and catches what other hosts should get on that port; give it a name that begins with its protocol, such as https.`,
      };
    }
  },
});
