import { DESTINATION_RULE } from '../../../workspace/istio/destinationRules.ts';
import { sameHost } from '../../../workspace/istio/hosts.ts';
import type { Resource } from '../../../workspace/resource.ts';
import type { ResourceGraph } from '../../../workspace/resourceGraph.ts';
import { ROOT_NAMESPACE } from '../policyScope.ts';
import { hostScope } from './hostScope.ts';

/**
 * DestinationRules make the callers of a namespace (or of the whole mesh, for the root namespace) use mutual TLS: one with
 * a wildcard, or one for each Service.
 */
export function callersUseMutualTls(from: Resource, namespace: string, graph: ResourceGraph): boolean {
  const rules = graph
    .near(from, DESTINATION_RULE)
    .filter(({ root }) => root.text('spec', 'trafficPolicy', 'tls', 'mode') === 'ISTIO_MUTUAL' || !root.known);
  const isCovered = rules.some((rule) => {
    const host = rule.root.text('spec', 'host');
    if (host === undefined) return true;
    const scope = hostScope(host);
    return scope?.kind === 'mesh' || (scope?.kind === 'namespace' && scope.namespace === namespace);
  });
  if (isCovered || namespace === ROOT_NAMESPACE) return isCovered;
  const services = graph.near(from, 'Service').filter((service) => service.namespace === namespace);
  return (
    services.length > 0 &&
    services.every((service) =>
      rules.some((rule) => sameHost(rule.root.text('spec', 'host') ?? '', rule, service.name ?? '', service)),
    )
  );
}
