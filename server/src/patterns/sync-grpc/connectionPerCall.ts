import { removeEntry } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { DESTINATION_RULE } from '../../workspace/istio/destinationRules.ts';
import { resolveHost } from '../../workspace/istio/hosts.ts';
import { describeOther } from '../../workspace/resource.ts';
import { grpcPortsOf } from './grpcPorts.ts';

/** gRPC lives on long connections; one call on each costs a handshake every time, and breaks streams. */
export const rule = defineRule({
  id: 'sync-grpc/connection-per-call',
  severity: 'warning',
  profile: 'recommended',
  types: [DESTINATION_RULE],
  *check(resource, graph) {
    const host = resource.root.find('spec', 'host');
    const target = host && resolveHost(host, resource, graph);
    if (target?.status !== 'found' || target.resource.type !== 'Service') return;
    const [grpc] = grpcPortsOf(target.resource, graph);
    if (!grpc) return;
    const policies = [
      resource.root.find('spec', 'trafficPolicy'),
      ...(resource.root.find('spec', 'subsets')?.items ?? []).map((subset) => subset.find('trafficPolicy')),
    ];
    for (const policy of policies) {
      const ports = policy?.find('portLevelSettings')?.items ?? [];
      const own = ports.filter((port) => port.number('port', 'number') === grpc.port.number('port'));
      for (const settings of [policy, ...own]) {
        const at = settings?.find('connectionPool', 'http', 'maxRequestsPerConnection');
        if (at?.number() !== 1) continue;
        yield {
          at,
          message: `Each call of port ${grpc.port.text('port')} of ${describeOther(target.resource)}, which speaks gRPC, needs a connection of its own.`,
          related: [{ at: grpc.port.find('port') ?? grpc.port, message: 'The port that speaks gRPC.' }],
          fixes: [{ title: 'Keep connections', safe: false, edits: () => [removeEntry(at)] }],
        };
      }
    }
  },
});
