import { defineRule } from '../../rules/contract.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { describe } from '../../workspace/resource.ts';
import { isInjectedNamespace } from './meshMembership.ts';
import { isKnownAppProtocol, protocolOfName } from './portProtocols.ts';

/** Where nothing tells the protocol, the proxy guesses it from the first bytes; protocols whose server speaks first stall. */
export const rule = defineRule({
  id: 'service-mesh/port-protocol-unknown',
  severity: 'information',
  profile: 'strict',
  types: ['Service'],
  equivalents: ['istioctl:IST0118', 'kiali:KIA0601', 'kiali:KIA0602'],
  *check(service, graph) {
    const isMeshed =
      isInjectedNamespace(service, graph) ||
      graph.edgesTo(service, 'routes-to').some(({ source }) => source.type === VIRTUAL_SERVICE);
    if (!isMeshed || service.root.text('spec', 'type') === 'ExternalName') return;
    for (const port of service.root.find('spec', 'ports')?.items ?? []) {
      const number = port.find('port');
      const told = port.find('appProtocol');
      if (told?.text() !== undefined && !isKnownAppProtocol(told.text()!)) {
        yield {
          at: told,
          message: `The mesh knows no protocol ${told.text()}, so it takes port ${port.text('port') ?? ''} of ${describe(service)} for plain TCP.`,
        };
        continue;
      }
      if (!number || !port.lacks('appProtocol') || (port.text('protocol') ?? 'TCP') !== 'TCP') continue;
      const name = port.find('name');
      if (name && (name.text() === undefined || protocolOfName(name.text()!) !== undefined)) continue;
      if (!name && !port.lacks('name')) continue;
      yield {
        at: name ?? number,
        message: `The mesh must guess the protocol of port ${number.text()} of ${describe(service)}: ${name ? `its name ${name.text()} does not begin with one` : 'it has no name'}, and appProtocol is not set.`,
      };
    }
  },
});
