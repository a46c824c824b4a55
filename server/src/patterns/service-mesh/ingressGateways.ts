import { podsByLabels } from '../../workspace/kubernetes/podSelection.ts';
import { SERVING_TYPES, type Workload, workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

export const ISTIO_GATEWAY = 'networking.istio.io/Gateway';

/** The proxies that a Gateway configures. */
export interface GatewayPods {
  readonly workloads: readonly Workload[];
  /** False where a template may select others. */
  readonly certain: boolean;
}

/** The pods that the selector of an Istio Gateway picks. It looks in every namespace. */
export function gatewayPods(gateway: Resource, graph: ResourceGraph): GatewayPods {
  const selector = gateway.root.find('spec', 'selector');
  const inOwn = podsByLabels(gateway, selector, graph, undefined);
  if (gateway.namespace === undefined) return inOwn;
  const workloads = new Set(inOwn.workloads);
  let { certain } = inOwn;
  const namespaces = new Set(graph.near(gateway, ...SERVING_TYPES).map(({ namespace }) => namespace));
  for (const namespace of namespaces) {
    const selection = podsByLabels(gateway, selector, graph, namespace);
    for (const workload of selection.workloads) workloads.add(workload);
    certain &&= selection.certain;
  }
  return { workloads: [...workloads], certain };
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
