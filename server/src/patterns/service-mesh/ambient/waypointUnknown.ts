import { defineRule } from '../../../rules/contract.ts';
import { SERVING_TYPES } from '../../../workspace/kubernetes/workload.ts';
import { describe } from '../../../workspace/resource.ts';
import { meshLabels, USE_WAYPOINT } from './waypoints.ts';

const GATEWAY = 'gateway.networking.k8s.io/Gateway';

/** Traffic for a waypoint that does not exist goes on without it, and without its policies. */
export const rule = defineRule({
  id: 'service-mesh/waypoint-unknown',
  severity: 'error',
  profile: 'recommended',
  types: ['Namespace', 'Service', 'networking.istio.io/ServiceEntry', ...SERVING_TYPES],
  equivalents: ['kiali:KIA1312', 'kiali:KIA1313'],
  *check(resource, graph) {
    const labels = meshLabels(resource);
    const waypoint = labels?.find(USE_WAYPOINT);
    const name = waypoint?.text();
    if (!waypoint || name === undefined || name === '' || name === 'none') return;
    const elsewhere = labels?.find('istio.io/use-waypoint-namespace');
    if (elsewhere && elsewhere.text() === undefined) return;
    const own = resource.type === 'Namespace' ? resource.name : resource.namespace;
    const namespace = elsewhere?.text() ?? own;
    const target = graph.lookup(resource, [GATEWAY], name, namespace);
    if (target.status === 'missing') {
      yield {
        at: waypoint,
        message: `${describe(resource)} uses the waypoint ${name}, but there is no Gateway ${name}${namespace ? ` in namespace ${namespace}` : ''}.`,
        ...(target.certain ? {} : { strict: true }),
      };
      return;
    }
    if (target.status !== 'found') return;
    const className = target.resource.root.find('spec', 'gatewayClassName');
    if (className?.text() === undefined || className.text() === 'istio-waypoint') return;
    yield {
      at: waypoint,
      message: `Gateway ${name} is no waypoint: its class is ${className.text()}.`,
      related: [{ at: className, message: 'A waypoint has the class istio-waypoint.' }],
      // An installation may have waypoint classes of its own.
      strict: true,
    };
  },
});
