import { defineRule } from '../../../rules/contract.ts';
import { SERVING_TYPES, workloadOf } from '../../../workspace/kubernetes/workload.ts';
import { describe } from '../../../workspace/resource.ts';
import { INJECT } from '../injection/podInjection.ts';
import { DATAPLANE_MODE, isAmbientNamespace } from './waypoints.ts';

/** A pod has one way into the mesh. With a sidecar it leaves the ambient one, and waypoints do not apply to its calls. */
export const rule = defineRule({
  id: 'service-mesh/sidecar-in-ambient',
  severity: 'warning',
  profile: 'recommended',
  types: SERVING_TYPES,
  equivalents: ['kiali:KIA1314', 'kiali:KIA1315', 'kiali:KIA1316'],
  *check(resource, graph) {
    const { template, podLabels, containers, initContainers } = workloadOf(resource)!;
    const mode = podLabels?.text(DATAPLANE_MODE);
    const isAmbient = mode === 'ambient' || (mode === undefined && isAmbientNamespace(resource, graph));
    if (!isAmbient) return;
    const asked = podLabels?.find(INJECT) ?? template?.find('metadata', 'annotations', INJECT);
    const proxy = [...initContainers, ...containers]
      .map((container) => container.find('name'))
      .find((name) => name?.text() === 'istio-proxy');
    const at = asked?.text() === 'true' ? asked : asked ? undefined : proxy;
    // A gateway has a proxy of its own in either mode.
    if (!at || template?.text('metadata', 'annotations', 'inject.istio.io/templates') === 'gateway') return;
    yield {
      at,
      message: `${describe(resource)} brings a sidecar, although ${mode === 'ambient' ? 'its pods are' : `namespace ${resource.namespace} is`} in ambient mode.`,
    };
  },
});
