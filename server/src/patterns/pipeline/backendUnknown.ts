import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';

const ROUTES = ['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute', 'UDPRoute'].map(
  (kind) => `gateway.networking.k8s.io/${kind}`,
);

/** A route to a Service that does not exist is answered 503 (or 500 by the Gateway API). */
export const rule = defineRule({
  id: 'pipeline/backend-unknown',
  severity: 'error',
  profile: 'recommended',
  types: ['networking.k8s.io/Ingress', ...ROUTES],
  equivalents: [
    'kube-linter:dangling-ingress',
    'kube-score:ingress-targets-service',
    'kubescape:dangling-ingress-backend',
    'kubescape:dangling-gateway-backend',
    'kubevious:ingress-service-ref',
    'kubevious:backend-ref',
    'popeye:1401',
  ],
  *check(resource, graph) {
    for (const { writtenAt, target } of graph.edgesFrom(resource, 'routes-to')) {
      if (target.status !== 'missing') continue;
      yield {
        at: writtenAt,
        message: `There is no Service ${writtenAt.text()}${resource.namespace ? ` in namespace ${resource.namespace}` : ''} behind ${describe(resource)}.`,
        ...(target.certain ? {} : { strict: true }),
      };
    }
  },
});
