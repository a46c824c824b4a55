import type { SourceNode } from '../../text/sourceNode.ts';
import type { Workload } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph, Ternary } from '../../workspace/resourceGraph.ts';
import { matchesLabelSelector, namespacesAgree } from '../../workspace/selection.ts';
import { FOREIGN_POLICIES, NETWORK_POLICY, namespaceOfPeer } from '../network/networkPolicies.ts';
import type { PodPort } from './calledPort.ts';

export type Direction = 'ingress' | 'egress';

/** A connection that NetworkPolicies certainly refuse. */
export interface Refusal {
  readonly direction: Direction;
  /** The policies that hold the pods in this direction; each admits only what one of them admits. */
  readonly policies: readonly Resource[];
}

/**
 * Whether NetworkPolicies refuse connections from the pods of one workload to a port of another's, at either end.
 * Undefined where they admit them, or where a template, an address range or another kind of policy may do so.
 */
export function refusalOf(
  caller: Workload,
  callee: Workload,
  port: PodPort | undefined,
  graph: ResourceGraph,
): Refusal | undefined {
  if (graph.near(callee.resource, ...FOREIGN_POLICIES).length > 0) return undefined;
  return (
    refusalAt(callee, 'ingress', caller, port, graph) ?? refusalAt(caller, 'egress', callee, port, graph) ?? undefined
  );
}

function refusalAt(
  held: Workload,
  direction: Direction,
  peer: Workload,
  port: PodPort | undefined,
  graph: ResourceGraph,
): Refusal | undefined {
  if (held.podSpec?.boolean('hostNetwork') === true || peer.podSpec?.boolean('hostNetwork') === true) return undefined;
  const policies: Resource[] = [];
  for (const policy of graph.near(held.resource, NETWORK_POLICY)) {
    if (!namespacesAgree(policy.namespace, held.resource.namespace)) continue;
    const isHeld = holdsIn(policy, direction, held);
    if (isHeld === false) continue;
    if (admits(policy, direction, peer, port, graph) !== false) return undefined;
    if (isHeld) policies.push(policy);
  }
  return policies.length === 0 ? undefined : { direction, policies };
}

/** The policy speaks of this direction of the workload's pods. */
function holdsIn({ root }: Resource, direction: Direction, workload: Workload): Ternary {
  const types = root.find('spec', 'policyTypes');
  const name = direction === 'ingress' ? 'Ingress' : 'Egress';
  if (types ? !types.open && !types.items.some((item) => !item.known || item.text() === name) : !isDefault())
    return false;
  const selected = labelsMatch(root.find('spec', 'podSelector'), workload);
  return types?.open || types?.items.some((item) => !item.known) ? selected && undefined : selected;

  // Without policyTypes a policy is for ingress, and for egress where it has such rules.
  function isDefault(): boolean {
    return direction === 'ingress' || !root.lacks('spec', 'egress');
  }
}

function admits(
  policy: Resource,
  direction: Direction,
  peer: Workload,
  port: PodPort | undefined,
  graph: ResourceGraph,
): Ternary {
  const rules = policy.root.find('spec', direction);
  if (!rules) return policy.root.lacks('spec', direction) ? false : undefined;
  let result: Ternary = rules.open ? undefined : false;
  for (const rule of rules.items) {
    const peers = rule.find(direction === 'ingress' ? 'from' : 'to');
    const isPeer = anyOf(peers, rule, (one) => matchesPeer(one, policy, peer, graph));
    const isPort = isPeer === false ? false : anyOf(rule.find('ports'), rule, (one) => matchesPort(one, port));
    const both = isPeer === false || isPort === false ? false : isPeer && isPort;
    if (both) return true;
    if (both === undefined) result = undefined;
  }
  return result;
}

/** A list of which one item must match; an absent or empty one matches everything. */
function anyOf(list: SourceNode | undefined, rule: SourceNode, match: (item: SourceNode) => Ternary): Ternary {
  if (!list) return rule.open ? undefined : true;
  if (list.items.length === 0) return list.open ? undefined : true;
  let result: Ternary = list.open ? undefined : false;
  for (const item of list.items) {
    const one = match(item);
    if (one) return true;
    if (one === undefined) result = undefined;
  }
  return result;
}

function matchesPeer(peer: SourceNode, policy: Resource, workload: Workload, graph: ResourceGraph): Ternary {
  // Whether a range holds the address of a pod, only the cluster knows.
  if (peer.open || peer.find('ipBlock')) return undefined;
  const isNamespace = matchesNamespace(peer, policy, workload.resource.namespace, graph);
  const isPod = peer.find('podSelector') ? labelsMatch(peer.find('podSelector'), workload) : true;
  return isNamespace === false || isPod === false ? false : isNamespace && isPod;
}

function matchesNamespace(
  peer: SourceNode,
  policy: Resource,
  namespace: string | undefined,
  graph: ResourceGraph,
): Ternary {
  const selector = peer.find('namespaceSelector');
  const only = namespaceOfPeer(peer, policy);
  if (!selector || only !== undefined) {
    if (only === namespace) return true;
    return only === undefined || namespace === undefined ? undefined : false;
  }
  if (selector.known && selector.entries.every((entry) => entry.entries.length === 0)) return true;
  const described = graph.near(policy, 'Namespace').find(({ name }) => name !== undefined && name === namespace);
  const names = selector.source.slice(selector.span);
  // Every namespace carries a label with its name, whether its file says so or not.
  if (!described || names.includes('kubernetes.io/metadata.name')) return undefined;
  return matchesLabelSelector(selector, described.root.find('metadata', 'labels'));
}

function labelsMatch(selector: SourceNode | undefined, { template, podLabels }: Workload): Ternary {
  if (!template || template.open || template.find('metadata')?.open) return undefined;
  return matchesLabelSelector(selector, podLabels);
}

function matchesPort(entry: SourceNode, port: PodPort | undefined): Ternary {
  const protocol = entry.find('protocol');
  if (entry.open || (protocol && protocol.text() === undefined)) return undefined;
  if (protocol && protocol.text() !== 'TCP') return false;
  const written = entry.find('port');
  if (!written) return true;
  const [scalar, last] = [written.scalar, entry.find('endPort')];
  if (!port || (last && last.number() === undefined)) return undefined;
  if (typeof scalar === 'string') return port.name === undefined ? undefined : port.name === scalar;
  if (typeof scalar !== 'number' || port.number === undefined) return undefined;
  return scalar === port.number || (last !== undefined && scalar <= port.number && port.number <= last.number()!);
}
