import { addEntry, replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { podsByLabels } from '../../workspace/kubernetes/podSelection.ts';
import { describe } from '../../workspace/resource.ts';
import { meshProtocol } from '../service-mesh/portProtocols.ts';
import { balancingOf } from './balancing.ts';
import { grpcPortsOf } from './grpcPorts.ts';

/** gRPC is HTTP/2; a proxy that takes the port for something else breaks the calls, or balances connections instead of calls. */
export const rule = defineRule({
  id: 'sync-grpc/protocol-untold',
  severity: 'information',
  profile: 'recommended',
  types: ['Service'],
  *check(service, graph) {
    for (const { port, isTold, evidence } of grpcPortsOf(service, graph)) {
      const number = port.find('port');
      if (isTold || !evidence || !number) continue;
      const told = port.find('appProtocol') ?? port.find('name');
      const protocol = meshProtocol(port);
      // A template may write what tells the protocol.
      if ((told && told.text() === undefined) || (!protocol && !port.lacks('appProtocol'))) continue;
      const { workloads } = podsByLabels(service, service.root.find('spec', 'selector'), graph);
      const isMeshed = balancingOf(service, workloads, graph).some(({ resource }) => resource !== service);
      const isOther = protocol !== undefined && !/^(?:http2|https|tls|h2)/.test(protocol);
      if (protocol !== undefined && !isOther) continue;
      const fix = port.find('appProtocol')
        ? replaceValue(port.find('appProtocol')!, 'grpc')
        : addEntry(port, 'appProtocol', 'grpc');
      yield {
        at: isOther ? told! : number,
        message: isOther
          ? `Port ${number.text()} of ${describe(service)} is told to be ${protocol}, but its pods speak gRPC there.`
          : `Nothing tells that port ${number.text()} of ${describe(service)} speaks gRPC: its name does not begin with grpc, and appProtocol is not set.`,
        ...(isOther && isMeshed ? { severity: 'warning' as const } : { strict: true as const }),
        related: [{ at: evidence, message: 'The pods speak gRPC on this port.' }],
        fixes: [{ title: 'Set appProtocol to grpc', safe: true, edits: () => [fix] }],
      };
    }
  },
});
