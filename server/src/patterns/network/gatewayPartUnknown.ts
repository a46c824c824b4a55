import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { GATEWAY } from './gatewayRoutes.ts';

const WHY: Readonly<Record<string, string>> = {
  'gateway.networking.k8s.io/GatewayClass': 'so no controller takes it up',
  Secret: 'so its listener has no certificate',
};

/** A Gateway needs its class, and a listener with TLS its certificate. */
export const rule = defineRule({
  id: 'network/gateway-part-unknown',
  severity: 'error',
  // Classes come with their controllers, and Secrets are kept out of repositories.
  profile: 'strict',
  types: [GATEWAY],
  equivalents: ['kubevious:gateway-class-ref', 'kubevious:certificate-ref', 'kiali:KIA1502', 'kiali:KIA1601'],
  *check(resource, graph) {
    for (const relation of ['of-class', 'certified-by']) {
      for (const { writtenAt, target, to } of graph.edgesFrom(resource, relation)) {
        if (target.status !== 'missing') continue;
        yield {
          at: writtenAt,
          message: `There is no ${to[0]!.slice(to[0]!.indexOf('/') + 1)} ${writtenAt.text()} for ${describe(resource)}, ${WHY[to[0]!]}.`,
          severity: target.certain ? 'error' : 'information',
        };
      }
    }
  },
});
