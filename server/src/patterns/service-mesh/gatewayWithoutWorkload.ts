import { defineRule } from '../../rules/contract.ts';
import { describeOther } from '../../workspace/resource.ts';
import { gatewayPods, ISTIO_GATEWAY, ingressGateways } from './ingressGateways.ts';
import { isPickedElsewhere } from './pickedElsewhere.ts';

/** A Gateway configures the proxies that its selector picks; when it picks none, nobody listens. */
export const rule = defineRule({
  id: 'service-mesh/gateway-without-workload',
  severity: 'warning',
  profile: 'recommended',
  types: [ISTIO_GATEWAY],
  equivalents: ['kiali:KIA0302', 'istioctl:IST0101'],
  *check(gateway, graph) {
    const selector = gateway.root.find('spec', 'selector');
    if (selector?.kind !== 'map' || selector.entries.length === 0) return;
    // The operator's object describes gateways that no other file does.
    if (graph.all('install.istio.io/IstioOperator').length > 0) return;
    const { workloads, certain } = gatewayPods(gateway, graph);
    if (workloads.length > 0 || !certain || isPickedElsewhere(gateway, selector, graph)) return;
    const [other] = ingressGateways(gateway, graph);
    yield {
      at: selector.keyPlace,
      message: `The selector of ${describeOther(gateway)} picks no pod, so no proxy opens its ports.`,
      ...(other
        ? {
            related: [
              {
                at: other.podLabels?.keyPlace ?? other.resource.root,
                message: `The labels of ${describeOther(other.resource)}, an ingress gateway.`,
              },
            ],
          }
        : { strict: true as const }),
    };
  },
});
