import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

/** The Namespace says that its pods get a sidecar. */
export function isInjectedNamespace(resource: Resource, graph: ResourceGraph): boolean {
  return graph
    .near(resource, 'Namespace')
    .some(
      ({ name, root }) =>
        name !== undefined &&
        name === resource.namespace &&
        (root.text('metadata', 'labels', 'istio-injection') === 'enabled' ||
          root.text('metadata', 'labels', 'istio.io/rev') !== undefined),
    );
}

/** The pods of a workload certainly get a sidecar: they ask for it, or their namespace does and they do not refuse. */
export function hasSidecar(resource: Resource, graph: ResourceGraph): boolean {
  const template = workloadOf(resource)?.template;
  const asked =
    template?.text('metadata', 'labels', 'sidecar.istio.io/inject') ??
    template?.text('metadata', 'annotations', 'sidecar.istio.io/inject');
  if (asked !== undefined) return asked === 'true';
  return isInjectedNamespace(resource, graph);
}
