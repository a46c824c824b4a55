import { defineRule } from '../../rules/contract.ts';
import { describeOther } from '../../workspace/resource.ts';
import { gatewayPods, ISTIO_GATEWAY } from './ingressGateways.ts';
import { secretNamed } from './secretNamed.ts';

/** The proxy reads its certificate from a Secret in its own namespace; without it, the server is left out. */
export const rule = defineRule({
  id: 'service-mesh/gateway-credential-unknown',
  severity: 'error',
  profile: 'recommended',
  types: [ISTIO_GATEWAY],
  equivalents: ['istioctl:IST0101', 'istioctl:IST0161'],
  *check(gateway, graph) {
    const { workloads } = gatewayPods(gateway, graph);
    const [workload] = workloads;
    if (workloads.length > 1) return;
    const namespace = workload?.resource.namespace ?? gateway.namespace;
    for (const server of gateway.root.find('spec', 'servers')?.items ?? []) {
      const credential = server.find('tls', 'credentialName');
      const name = credential?.text();
      if (!credential || !name || name.includes('://') || name.includes('/')) continue;
      const target = secretNamed(name, namespace, gateway, graph);
      if (target.status !== 'missing') continue;
      yield {
        at: credential,
        message: `There is no Secret ${name}${namespace ? ` in namespace ${namespace}` : ''}, where the proxies of ${describeOther(gateway)} look for their certificate.`,
        ...(target.certain && workload ? {} : { strict: true }),
      };
    }
  },
});
