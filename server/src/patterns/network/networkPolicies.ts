import type { SourceNode } from '../../text/sourceNode.ts';
import { type PodSelection, podsBySelector } from '../../workspace/kubernetes/podSelection.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

export const NETWORK_POLICY = 'networking.k8s.io/NetworkPolicy';

/** Policies of network plug-ins, which this catalog does not read; where one stands, anything may be allowed or not. */
export const FOREIGN_POLICIES = [
  'cilium.io/CiliumNetworkPolicy',
  'cilium.io/CiliumClusterwideNetworkPolicy',
  'crd.projectcalico.org/NetworkPolicy',
  'crd.projectcalico.org/GlobalNetworkPolicy',
  'projectcalico.org/NetworkPolicy',
  'projectcalico.org/GlobalNetworkPolicy',
  'policy.networking.k8s.io/AdminNetworkPolicy',
  'policy.networking.k8s.io/BaselineAdminNetworkPolicy',
];

/** The pods that a policy holds. */
export function heldPods(policy: Resource, graph: ResourceGraph): PodSelection {
  return podsBySelector(policy, policy.root.find('spec', 'podSelector'), graph);
}

/** Every peer of a policy, with the direction that it is allowed in. */
export function* peersOf({ root }: Resource): Iterable<{ peer: SourceNode; direction: 'ingress' | 'egress' }> {
  for (const [direction, field] of [
    ['ingress', 'from'],
    ['egress', 'to'],
  ] as const) {
    for (const rule of root.find('spec', direction)?.items ?? []) {
      for (const peer of rule.find(field)?.items ?? []) yield { peer, direction };
    }
  }
}

/** The one namespace that a peer names by its `kubernetes.io/metadata.name` label; its own without a selector; undefined for others. */
export function namespaceOfPeer(peer: SourceNode, policy: Resource): string | undefined {
  const selector = peer.find('namespaceSelector');
  if (!selector) return peer.lacks('namespaceSelector') ? policy.namespace : undefined;
  if (!selector.known || selector.entries.length !== 1) return undefined;
  const labels = selector.find('matchLabels');
  return labels?.entries.length === 1 ? labels.text('kubernetes.io/metadata.name') : undefined;
}
