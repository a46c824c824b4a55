import { defineRule, type Finding } from '../../../rules/contract.ts';
import { DESTINATION_RULE } from '../../../workspace/istio/destinationRules.ts';
import { describe, type Resource } from '../../../workspace/resource.ts';
import type { ResourceGraph } from '../../../workspace/resourceGraph.ts';
import { meshConfiguration } from '../meshConfiguration.ts';
import { holdsForNamespace, ROOT_NAMESPACE } from '../policyScope.ts';
import { callersUseMutualTls } from './callers.ts';
import { hostScope } from './hostScope.ts';
import { PEER_AUTHENTICATION } from './peerAuthentications.ts';

/** Where automatic mutual TLS is off, callers and pods must each be told, and one who was not is refused. */
export const rule = defineRule({
  id: 'service-mesh/mtls-one-sided',
  severity: 'error',
  profile: 'recommended',
  types: [PEER_AUTHENTICATION, DESTINATION_RULE],
  equivalents: ['kiali:KIA0205', 'kiali:KIA0206', 'kiali:KIA0401', 'kiali:KIA0501'],
  *check(resource, graph) {
    if (meshConfiguration(graph).automaticMutualTls !== false) return;
    if (resource.type === PEER_AUTHENTICATION) yield* strictWithoutCallers(resource, graph);
    else yield* callersWithoutPolicy(resource, graph);
  },
});

function* strictWithoutCallers(policy: Resource, graph: ResourceGraph): Iterable<Finding> {
  const mode = policy.root.find('spec', 'mtls', 'mode');
  if (mode?.text() !== 'STRICT' || !holdsForNamespace(policy) || policy.namespace === undefined) return;
  if (callersUseMutualTls(policy, policy.namespace, graph)) return;
  const where = policy.namespace === ROOT_NAMESPACE ? 'the mesh' : `namespace ${policy.namespace}`;
  yield {
    at: mode,
    message: `${describe(policy)} admits only mutual TLS, automatic mutual TLS is off, and no DestinationRule makes the callers in ${where} use it.`,
  };
}

function* callersWithoutPolicy(rule: Resource, graph: ResourceGraph): Iterable<Finding> {
  const mode = rule.root.find('spec', 'trafficPolicy', 'tls', 'mode');
  const scope = hostScope(rule.root.text('spec', 'host') ?? '');
  if (mode?.text() !== 'ISTIO_MUTUAL' || !scope) return;
  const namespaces = [ROOT_NAMESPACE, ...(scope.kind === 'namespace' ? [scope.namespace] : [])];
  const isDemanded = graph
    .near(rule, PEER_AUTHENTICATION)
    .some((policy) => namespaces.includes(policy.namespace ?? '') && holdsForNamespace(policy));
  if (isDemanded) return;
  yield {
    at: mode,
    severity: 'warning',
    message: `${describe(rule)} makes callers use mutual TLS, but no PeerAuthentication of ${scope.kind === 'mesh' ? 'the root namespace' : `namespace ${scope.namespace}`} says that the pods admit it.`,
  };
}
