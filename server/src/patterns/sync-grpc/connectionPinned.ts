import { defineRule } from '../../rules/contract.ts';
import { podsByLabels } from '../../workspace/kubernetes/podSelection.ts';
import { callersOf } from '../../workspace/kubernetes/serviceCalls.ts';
import { describe, describeOther } from '../../workspace/resource.ts';
import { balancingOf, hasSeveralPods, mayBeMeshed, mostReplicas } from './balancing.ts';
import { grpcPortsOf } from './grpcPorts.ts';

/**
 * A Service spreads connections, and a gRPC client makes all of its calls on one. One pod then has all of a caller's work,
 * and pods that an autoscaler adds get none.
 */
export const rule = defineRule({
  id: 'sync-grpc/connection-pinned',
  severity: 'warning',
  profile: 'recommended',
  types: ['Service'],
  *check(service, graph) {
    const type = service.root.find('spec', 'type');
    if (type && type.text() !== 'ClusterIP') return;
    if (!service.root.lacks('spec', 'clusterIP')) return;
    const { workloads, certain } = podsByLabels(service, service.root.find('spec', 'selector'), graph);
    if (!certain || hasSeveralPods(workloads, graph) !== true || balancingOf(service, workloads, graph).length > 0)
      return;
    const callers = callersOf(service, graph).filter(({ caller }) => caller !== undefined);
    const isCertain = !mayBeMeshed(service, workloads, graph) && callers.length > 0;
    for (const { port } of grpcPortsOf(service, graph)) {
      const counts = workloads.map((workload) => mostReplicas(workload, graph) ?? 1);
      const most = counts.reduce((sum, count) => sum + count, 0);
      const own = callers.filter(({ address }) => address.port === port.number('port'));
      yield {
        at: port.find('port') ?? port,
        message: `${describe(service)} spreads connections, not calls: a gRPC client keeps its one connection, so that of up to ${most} pods one gets all of its calls.`,
        ...(isCertain ? {} : { strict: true as const, severity: 'information' as const }),
        related: own.slice(0, 3).map((call) => ({
          at: call.address.hostPlace,
          message: `${describeOther(call.caller!.resource)} calls it.`,
        })),
      };
      return;
    }
  },
});
