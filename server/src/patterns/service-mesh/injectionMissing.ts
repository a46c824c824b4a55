import { defineRule } from '../../rules/contract.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { servicesOf } from '../../workspace/kubernetes/podSelection.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describeOther, type Resource } from '../../workspace/resource.ts';
import { INJECTION_LABELS } from './injection.ts';

const POD_KEYS = ['sidecar.istio.io/inject', 'istio.io/rev', 'istio.io/dataplane-mode'];

/** Rules of the mesh act in the sidecar (or ambient proxy); pods without one ignore subsets, retries and mTLS. */
export const rule = defineRule({
  id: 'service-mesh/injection-missing',
  severity: 'warning',
  profile: 'recommended',
  types: ['Namespace'],
  equivalents: ['istioctl:IST0102', 'kyverno:enforce-sidecar-injection-namespace'],
  *check(namespace, graph) {
    const labels = namespace.root.find('metadata', 'labels');
    if (
      namespace.name === undefined ||
      INJECTION_LABELS.some((label) => !namespace.root.lacks('metadata', 'labels', label))
    )
      return;
    const used = graph
      .near(namespace, VIRTUAL_SERVICE, 'networking.istio.io/DestinationRule')
      .find((rule) => rule.namespace === namespace.name);
    if (!used) return;
    const bare = graph
      .near(namespace, 'apps/Deployment', 'apps/StatefulSet', 'argoproj.io/Rollout')
      .filter((resource) => resource.namespace === namespace.name && lacksInjection(resource))
      .find((resource) => isInMesh(resource));
    if (!bare) return;
    yield {
      at: labels?.keyPlace ?? namespace.root.find('metadata', 'name') ?? namespace.root,
      message: `Namespace ${namespace.name} has no sidecar injection, so ${describeOther(used)} has no effect on ${describeOther(bare)}.`,
      related: [
        { at: used.root.find('metadata', 'name') ?? used.root, message: `${describeOther(used)} needs the mesh.` },
      ],
    };
    function isInMesh(resource: Resource): boolean {
      return servicesOf(workloadOf(resource)!, graph).some((service) =>
        graph.edgesTo(service, 'routes-to').some((edge) => edge.source.type.startsWith('networking.istio.io/')),
      );
    }
  },
});

function lacksInjection(resource: Resource): boolean {
  const template = workloadOf(resource)?.template;
  if (!template) return false;
  return POD_KEYS.every(
    (key) => template.lacks('metadata', 'labels', key) && template.lacks('metadata', 'annotations', key),
  );
}
