import { defineRule } from '../../rules/contract.ts';
import { CALLING_TYPES } from '../../workspace/kubernetes/serviceCalls.ts';
import { describeOther } from '../../workspace/resource.ts';
import { meshProtocol } from '../service-mesh/portProtocols.ts';
import { calledPort } from './calledPort.ts';
import { likelyCalls, oncePerAddress } from './likelyCalls.ts';

/** A port speaks one protocol: a plain request to a TLS port is answered with 400, a handshake with a plain one fails. */
export const rule = defineRule({
  id: 'sync-rest/scheme-differs',
  severity: 'warning',
  profile: 'recommended',
  types: CALLING_TYPES,
  *check(resource, graph) {
    for (const call of oncePerAddress(likelyCalls(resource, graph))) {
      const { address, caller, target } = call;
      const { scheme, schemePlace } = address;
      const port = calledPort(call, graph);
      if (!caller || !port || !schemePlace || target.status !== 'found') continue;
      const protocol = meshProtocol(port);
      const other =
        scheme === 'http' && protocol === 'https'
          ? 'https'
          : scheme === 'https' && protocol === 'http'
            ? 'http'
            : undefined;
      const told = port.find('appProtocol') ?? port.find('name');
      if (other === undefined || !told) continue;
      yield {
        at: schemePlace,
        message: `${describeOther(caller.resource)} speaks ${scheme} to port ${port.text('port')} of ${describeOther(target.resource)}, which is for ${other}.`,
        related: [{ at: told, message: `${told.key} ${told.text()} tells the protocol.` }],
        fixes: [
          {
            title: `Call ${other}://${address.host}`,
            safe: false,
            edits: () => [{ uri: schemePlace.source.uri, span: schemePlace.span, newText: other }],
          },
        ],
      };
    }
  },
});
