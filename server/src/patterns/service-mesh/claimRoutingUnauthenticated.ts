import { defineRule } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { describeOther, type Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { matchesLabels, namespacesAgree } from '../../workspace/selection.ts';
import { gatewayPods } from './ingressGateways.ts';
import { policySelector, ROOT_NAMESPACE } from './policyScope.ts';

/** Claims are known only where a RequestAuthentication has read the token; elsewhere the match never holds. */
export const rule = defineRule({
  id: 'service-mesh/claim-routing-unauthenticated',
  severity: 'error',
  profile: 'recommended',
  types: [VIRTUAL_SERVICE],
  equivalents: ['istioctl:IST0149'],
  *check(resource, graph) {
    const gateways = graph.edgesFrom(resource, 'attached-to');
    for (const header of claimHeaders(resource)) {
      const bare = gateways.flatMap(({ target }) =>
        target.status === 'found' && !isAuthenticated(target.resource, graph) ? target.resource : [],
      )[0];
      if (!bare) continue;
      const hasPods = gatewayPods(bare, graph).workloads.length > 0;
      yield {
        at: header.keyPlace,
        message: `No RequestAuthentication reads the token at ${describeOther(bare)}, so this match on ${header.key} never holds.`,
        related: [{ at: bare.root.find('metadata', 'name') ?? bare.root, message: `${describeOther(bare)}.` }],
        ...(hasPods ? {} : { strict: true }),
      };
    }
  },
});

function* claimHeaders({ root }: Resource): Iterable<SourceNode> {
  for (const route of root.find('spec', 'http')?.items ?? []) {
    for (const match of route.find('match')?.items ?? []) {
      for (const field of ['headers', 'withoutHeaders']) {
        for (const header of match.find(field)?.entries ?? []) {
          if (header.key?.startsWith('@request.auth.claims')) yield header;
        }
      }
    }
  }
}

function isAuthenticated(gateway: Resource, graph: ResourceGraph): boolean {
  const pods = gatewayPods(gateway, graph).workloads;
  return graph.near(gateway, 'security.istio.io/RequestAuthentication').some((authentication) => {
    const selector = policySelector(authentication);
    if (pods.length === 0) return true;
    return pods.some(
      ({ resource, podLabels }) =>
        (authentication.namespace === ROOT_NAMESPACE ||
          namespacesAgree(authentication.namespace, resource.namespace)) &&
        (!selector || matchesLabels(selector, podLabels) !== false),
    );
  });
}
