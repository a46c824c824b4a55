import { defineRule } from '../../../rules/contract.ts';
import type { SourceNode } from '../../../text/sourceNode.ts';
import { describe, describeOther, type Resource } from '../../../workspace/resource.ts';
import type { ResourceGraph } from '../../../workspace/resourceGraph.ts';
import { meshConfiguration } from '../meshConfiguration.ts';
import { policySelector, selectedWorkloads } from '../policyScope.ts';
import { callersUseMutualTls } from './callers.ts';
import { type PeerMode, peerMode } from './peerAuthentications.ts';

/** What only a caller's certificate tells. */
const IDENTITIES = [
  'principals',
  'notPrincipals',
  'namespaces',
  'notNamespaces',
  'serviceAccounts',
  'notServiceAccounts',
];

/** Without mutual TLS a caller has no identity, so nobody matches a policy that asks for one. */
export const rule = defineRule({
  id: 'service-mesh/identity-without-mtls',
  severity: 'error',
  profile: 'recommended',
  types: ['security.istio.io/AuthorizationPolicy'],
  equivalents: ['kiali:KIA0105'],
  *check(policy, graph) {
    const fields = [...identityFields(policy.root)];
    if (fields.length === 0 || policy.namespace === undefined) return;
    const disabled = disabledMode(policy, graph);
    const isOneSided =
      meshConfiguration(graph).automaticMutualTls === false && !callersUseMutualTls(policy, policy.namespace, graph);
    if (!disabled && !isOneSided) return;
    for (const field of fields) {
      yield {
        at: field.keyPlace,
        message: disabled
          ? `${describe(policy)} asks who calls, but ${describeOther(disabled.policy)} turns off the mutual TLS that tells it.`
          : `${describe(policy)} asks who calls, but automatic mutual TLS is off and no DestinationRule makes callers use it.`,
        ...(disabled ? { related: [{ at: disabled.at, message: 'Here mutual TLS is turned off.' }] } : {}),
      };
    }
  },
});

function* identityFields(root: SourceNode): Iterable<SourceNode> {
  for (const rule of root.find('spec', 'rules')?.items ?? []) {
    for (const from of rule.find('from')?.items ?? []) {
      for (const field of IDENTITIES) {
        const list = from.find('source', field);
        if (list) yield list;
      }
    }
  }
}

/** The mode of the pods that the policy holds for, where all of them have mutual TLS turned off. */
function disabledMode(policy: Resource, graph: ResourceGraph): PeerMode | undefined {
  const modes = policySelector(policy)
    ? selectedWorkloads(policy, graph).workloads.map((workload) =>
        peerMode(policy, graph, workload.resource.namespace, { workload, port: undefined }),
      )
    : [peerMode(policy, graph, policy.namespace)];
  return modes.length > 0 && modes.every((one) => one?.mode === 'DISABLE') ? modes[0] : undefined;
}
