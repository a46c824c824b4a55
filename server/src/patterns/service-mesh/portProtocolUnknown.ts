import { defineRule } from '../../rules/contract.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { describe } from '../../workspace/resource.ts';
import { isInjectedNamespace } from './meshMembership.ts';

/** What a port's name may begin with, so that the mesh knows its protocol. */
const PROTOCOLS = ['grpc', 'grpc-web', 'http', 'http2', 'https', 'mongo', 'mysql', 'redis', 'tcp', 'tls', 'udp'];

/** Where nothing tells the protocol, the proxy guesses it from the first bytes; protocols whose server speaks first stall. */
export const rule = defineRule({
  id: 'service-mesh/port-protocol-unknown',
  severity: 'information',
  profile: 'strict',
  types: ['Service'],
  equivalents: ['istioctl:IST0118', 'kiali:KIA0601'],
  *check(service, graph) {
    const isMeshed =
      isInjectedNamespace(service, graph) ||
      graph.edgesTo(service, 'routes-to').some(({ source }) => source.type === VIRTUAL_SERVICE);
    if (!isMeshed || service.root.text('spec', 'type') === 'ExternalName') return;
    for (const port of service.root.find('spec', 'ports')?.items ?? []) {
      const number = port.find('port');
      if (!number || !port.lacks('appProtocol') || (port.text('protocol') ?? 'TCP') !== 'TCP') continue;
      const name = port.find('name');
      if (name && (name.text() === undefined || tellsProtocol(name.text()!))) continue;
      if (!name && !port.lacks('name')) continue;
      yield {
        at: name ?? number,
        message: `The mesh must guess the protocol of port ${number.text()} of ${describe(service)}: ${name ? `its name ${name.text()} does not begin with one` : 'it has no name'}, and appProtocol is not set.`,
      };
    }
  },
});

function tellsProtocol(name: string): boolean {
  return PROTOCOLS.some((protocol) => name === protocol || name.startsWith(`${protocol}-`));
}
