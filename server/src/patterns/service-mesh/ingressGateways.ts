import type { PodSelection } from '../../workspace/kubernetes/podSelection.ts';
import { SERVING_TYPES, type Workload, workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { podsOfEveryNamespace } from './podsOfEveryNamespace.ts';

export const ISTIO_GATEWAY = 'networking.istio.io/Gateway';

/** The pods that the selector of an Istio Gateway picks. It looks in every namespace. */
export function gatewayPods(gateway: Resource, graph: ResourceGraph): PodSelection {
  return podsOfEveryNamespace(gateway, gateway.root.find('spec', 'selector'), graph);
}

/** The workloads of the set that run the mesh's proxy as a gateway: by the gateway template, or by the proxy's own image. */
export function ingressGateways(from: Resource, graph: ResourceGraph): readonly Workload[] {
  return graph.memo(`ingress-gateways ${graph.setOf(from)}`, () =>
    graph
      .near(from, ...SERVING_TYPES)
      .flatMap((resource) => workloadOf(resource) ?? [])
      .filter((workload) => runsGateway(workload)),
  );
}

function runsGateway({ template, containers }: Workload): boolean {
  if (template?.text('metadata', 'annotations', 'inject.istio.io/templates') === 'gateway') return true;
  return containers.length === 1 && /\/proxyv2[:@]/.test(containers[0]!.text('image') ?? '');
}
