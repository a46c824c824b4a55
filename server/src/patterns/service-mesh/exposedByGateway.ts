import { defineRule } from '../../rules/contract.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { routeDestinations } from '../../workspace/istio/destinations.ts';
import { describeOther, type Resource } from '../../workspace/resource.ts';
import { podsBehind } from './podsBehind.ts';

/** Who may be asked from outside the cluster is worth knowing, even where it is meant. */
export const rule = defineRule({
  id: 'service-mesh/exposed-by-gateway',
  severity: 'information',
  profile: 'strict',
  types: [VIRTUAL_SERVICE],
  equivalents: ['kubescape:exposure-to-internet-via-istio-ingress'],
  *check(resource, graph) {
    const workloads = new Set<Resource>();
    for (const { destination } of routeDestinations(resource)) {
      const host = destination.find('host');
      if (host) for (const workload of podsBehind(host, resource, graph).participants) workloads.add(workload);
    }
    const names = [...workloads].filter(({ type }) => !type.startsWith('networking.istio.io/')).map(describeOther);
    if (names.length === 0) return;
    for (const { writtenAt, target } of graph.edgesFrom(resource, 'attached-to')) {
      if (target.status !== 'found') continue;
      yield {
        at: writtenAt,
        message: `${names.join(', ')} can be reached from outside the mesh by ${describeOther(target.resource)}.`,
      };
    }
  },
});
