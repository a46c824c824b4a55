import { defineRule } from '../../../rules/contract.ts';
import { resolveHost } from '../../../workspace/istio/hosts.ts';
import { describe, describeOther } from '../../../workspace/resource.ts';
import { holdsForNamespace, policySelector, selectedWorkloads } from '../policyScope.ts';
import { hasWaypoint, isAmbient, isAmbientNamespace } from './waypoints.ts';

const SIDECAR = 'networking.istio.io/Sidecar';
const ENVOY_FILTER = 'networking.istio.io/EnvoyFilter';
const DESTINATION_RULE = 'networking.istio.io/DestinationRule';

/** Where there is no sidecar, what configures sidecars changes nothing. */
export const rule = defineRule({
  id: 'service-mesh/without-effect-in-ambient',
  severity: 'warning',
  profile: 'recommended',
  types: [SIDECAR, ENVOY_FILTER, DESTINATION_RULE],
  equivalents: ['istioctl:IST0167'],
  *check(resource, graph) {
    const { root } = resource;
    if (resource.type === DESTINATION_RULE) {
      const selector = root.find('spec', 'workloadSelector');
      const host = root.find('spec', 'host');
      const target = selector && host ? resolveHost(host, resource, graph) : undefined;
      if (!selector || target?.status !== 'found' || hasWaypoint(target.resource, graph) !== true) return;
      yield {
        at: selector.keyPlace,
        message: `${describe(resource)} selects callers by their sidecars, but calls to ${describeOther(target.resource)} go by a waypoint, which has none.`,
      };
      return;
    }
    if (holdsForNamespace(resource)) {
      if (!isAmbientNamespace(resource, graph)) return;
      yield {
        at: root.find('metadata', 'name') ?? root,
        message: `${describe(resource)} has no effect: namespace ${resource.namespace} is in ambient mode, where pods have no sidecar.`,
      };
      return;
    }
    const selector = policySelector(resource);
    const { workloads } = selectedWorkloads(resource, graph);
    if (!selector || workloads.length === 0 || !workloads.every((one) => isAmbient(one.resource, graph))) return;
    yield {
      at: selector.keyPlace,
      message: `${describe(resource)} has no effect: the pods of ${describeOther(workloads[0]!.resource)} are in ambient mode and have no sidecar.`,
    };
  },
});
