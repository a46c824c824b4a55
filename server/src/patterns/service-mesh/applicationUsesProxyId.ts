import { defineRule } from '../../rules/contract.ts';
import { WORKLOAD_TYPES, workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';
import { hasSidecar } from './meshMembership.ts';

/** The user of the proxy, whose traffic is not redirected to the proxy. */
const PROXY_USER = 1337;

/** Traffic of the proxy's own user passes the proxy by: no mutual TLS, no policy, no metrics. */
export const rule = defineRule({
  id: 'service-mesh/application-uses-proxy-id',
  severity: 'error',
  profile: 'recommended',
  types: WORKLOAD_TYPES,
  equivalents: ['istioctl:IST0144'],
  *check(resource, graph) {
    const workload = workloadOf(resource);
    if (!workload || workload.template?.text('metadata', 'annotations', 'inject.istio.io/templates') === 'gateway')
      return;
    const applications = workload.containers.filter((container) => container.text('name') !== 'istio-proxy');
    const users = [
      ...(applications.some((container) => container.lacks('securityContext', 'runAsUser'))
        ? [workload.podSpec?.find('securityContext', 'runAsUser')]
        : []),
      ...applications.map((container) => container.find('securityContext', 'runAsUser')),
    ];
    for (const user of users) {
      if (user?.number() !== PROXY_USER) continue;
      yield {
        at: user,
        message: `${describe(resource)} runs as user ${PROXY_USER}, which is the sidecar's own, so its traffic bypasses the mesh.`,
        ...(hasSidecar(resource, graph) ? {} : { strict: true }),
      };
    }
  },
});
