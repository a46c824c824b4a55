import { defineRule } from '../../../rules/contract.ts';
import { WORKLOAD_TYPES, workloadOf } from '../../../workspace/kubernetes/workload.ts';
import { describe } from '../../../workspace/resource.ts';
import { getsSidecar, INJECT, injectsSidecars, namespaceObject } from './podInjection.ts';

/** Pods without a sidecar follow no route, and neither speak nor demand mutual TLS. */
export const rule = defineRule({
  id: 'service-mesh/sidecar-refused',
  severity: 'information',
  profile: 'strict',
  types: WORKLOAD_TYPES,
  equivalents: ['istioctl:IST0103', 'kyverno:prevent-disabling-injection-pods'],
  *check(resource, graph) {
    const workload = workloadOf(resource);
    const { template, podSpec, containers, initContainers } = workload!;
    for (const field of ['labels', 'annotations']) {
      const refusal = template?.find('metadata', field, INJECT);
      if (refusal?.text() !== 'false') continue;
      yield { at: refusal, message: `${describe(resource)} keeps its pods out of the mesh.` };
      return;
    }
    const namespace = namespaceObject(resource, graph);
    if (!namespace || injectsSidecars(namespace) !== true || getsSidecar(resource, graph) !== true) return;
    const hostNetwork = podSpec?.find('hostNetwork');
    if (hostNetwork?.boolean() === true) {
      yield {
        at: hostNetwork,
        message: `The pods of ${describe(resource)} get no sidecar, although namespace ${resource.namespace} asks for it: they use the network of the node.`,
      };
      return;
    }
    // Only a pod that was read back from a cluster shows whether it was injected.
    if (resource.type !== 'Pod' || !resource.root.find('status')) return;
    if ([...containers, ...initContainers].some((container) => container.text('name') === 'istio-proxy')) return;
    yield {
      at: resource.root.find('metadata', 'name') ?? resource.root,
      message: `${describe(resource)} runs without a sidecar, although namespace ${resource.namespace} asks for it: it is older than the label.`,
    };
  },
});
