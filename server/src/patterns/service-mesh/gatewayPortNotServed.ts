import { defineRule } from '../../rules/contract.ts';
import { servicesOf } from '../../workspace/kubernetes/podSelection.ts';
import { describeOther } from '../../workspace/resource.ts';
import { gatewayPods, ISTIO_GATEWAY } from './ingressGateways.ts';

/** The proxy opens the port of a server, but only a port of its Service lets anybody in. */
export const rule = defineRule({
  id: 'service-mesh/gateway-port-not-served',
  severity: 'warning',
  profile: 'recommended',
  types: [ISTIO_GATEWAY],
  equivalents: ['istioctl:IST0162'],
  *check(gateway, graph) {
    const { workloads, certain } = gatewayPods(gateway, graph);
    if (!certain || workloads.length !== 1) return;
    const services = servicesOf(workloads[0]!, graph);
    const ports = services.map((service) => service.root.find('spec', 'ports'));
    if (services.length === 0 || ports.some((list) => !list?.known)) return;
    const open = new Set(
      ports.flatMap((list) => list!.items.flatMap((port) => [port.number('port'), port.number('targetPort')])),
    );
    const [service] = services;
    for (const server of gateway.root.find('spec', 'servers')?.items ?? []) {
      const port = server.find('port', 'number');
      const number = port?.number();
      if (!port || number === undefined || open.has(number)) continue;
      yield {
        at: port,
        message: `${describeOther(service!)} of the ingress gateway has no port ${number}, so no request reaches this server.`,
        related: [{ at: ports[0]!.keyPlace, message: `The ports of ${describeOther(service!)}.` }],
      };
    }
  },
});
