import { defineRule, type Finding } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { describe } from '../../workspace/resource.ts';
import { NETWORK_POLICY } from './networkPolicies.ts';

/** A policy that lets everyone in says no more than none. */
export const rule = defineRule({
  id: 'network/policy-too-broad',
  severity: 'information',
  profile: 'strict',
  types: [NETWORK_POLICY],
  equivalents: ['trivy:KSV-0038', 'kyverno:restrict-networkpolicy-empty-podselector'],
  *check(resource) {
    const spec = resource.root.find('spec');
    const selector = spec?.find('podSelector');
    const rules = spec?.find('ingress')?.items ?? [];
    const isEveryPod = selector?.kind === 'map' && selector.entries.length === 0 && !selector.open;
    if (selector && isEveryPod && rules.length > 0) {
      yield {
        at: selector.keyPlace,
        message: `What ${describe(resource)} lets in may reach every pod of its namespace.`,
      };
    }
    for (const rule of rules) yield* broadPeers(rule, describe(resource));
  },
});

function* broadPeers(rule: SourceNode, name: string): Iterable<Finding> {
  if (rule.kind === 'map' && rule.lacks('from')) {
    yield {
      at: rule.find('ports')?.keyPlace ?? rule,
      message: `${name} lets everyone in here: it names no from.`,
    };
  }
  for (const peer of rule.find('from')?.items ?? []) {
    const namespaces = peer.find('namespaceSelector');
    if (
      namespaces?.kind === 'map' &&
      namespaces.entries.length === 0 &&
      !namespaces.open &&
      peer.lacks('podSelector')
    ) {
      yield { at: namespaces.keyPlace, message: `${name} lets in every pod of every namespace.` };
    }
    const range = peer.find('ipBlock', 'cidr');
    if ((range?.text() === '0.0.0.0/0' || range?.text() === '::/0') && peer.lacks('ipBlock', 'except')) {
      yield { at: range, message: `${name} lets in every address.` };
    }
  }
}
