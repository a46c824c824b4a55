import type { SourceNode } from '../../text/sourceNode.ts';
import { servicesOf } from '../../workspace/kubernetes/podSelection.ts';
import { SERVING_TYPES, type Workload, workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { matchesLabelSelector } from '../../workspace/selection.ts';
import { NETWORK_POLICY, namespaceOfPeer } from './networkPolicies.ts';

/** Pods that a policy lets a workload connect to, by their labels. */
export interface EgressTarget {
  readonly policy: Resource;
  /** The peer in the policy. */
  readonly at: SourceNode;
  readonly pods: readonly Workload[];
  /** The Services that pick those pods. */
  readonly services: readonly Resource[];
  /** The ports that the rule admits, by number or name; undefined where it admits all. */
  readonly ports: ReadonlySet<string | number> | undefined;
}

/** Where NetworkPolicies of its set say that a workload connects to: rules that name one namespace, and labels of pods. */
export function egressTargets(
  { resource, podLabels, template }: Workload,
  graph: ResourceGraph,
): readonly EgressTarget[] {
  if (!template || template.open) return [];
  return graph
    .sameNamespace(resource, [NETWORK_POLICY])
    .filter((policy) => matchesLabelSelector(policy.root.find('spec', 'podSelector'), podLabels) === true)
    .flatMap((policy) => targetsOf(policy, graph).filter(({ pods }) => pods.every((pod) => pod.resource !== resource)));
}

/** Where one NetworkPolicy lets the pods connect to that it holds. */
export function targetsOf(policy: Resource, graph: ResourceGraph): readonly EgressTarget[] {
  return (policy.root.find('spec', 'egress')?.items ?? []).flatMap((rule) =>
    (rule.find('to')?.items ?? []).flatMap((at): EgressTarget[] => {
      const pods = podsOf(at, policy, graph);
      if (pods.length === 0) return [];
      const services = [...new Set(pods.flatMap((pod) => servicesOf(pod, graph)))];
      return [{ policy, at, pods, services, ports: portsOf(rule) }];
    }),
  );
}

/** The workloads that a peer picks, of the policy's set or, where that has none, of others: a policy reaches the whole cluster. */
function podsOf(peer: SourceNode, policy: Resource, graph: ResourceGraph): readonly Workload[] {
  const namespace = namespaceOfPeer(peer, policy);
  const selector = peer.find('podSelector');
  const [label] = selector?.find('matchLabels')?.entries ?? [];
  if (!label || namespace === undefined) return [];
  const candidates = podsByLabel(graph).get(`${namespace} ${label.key}=${label.text()}`) ?? [];
  const picked = candidates.filter((pod) => matchesLabelSelector(selector, pod.podLabels) === true);
  const set = graph.setOf(policy);
  const own = picked.filter(({ resource }) => graph.setOf(resource) === set);
  const [first] = picked;
  return own.length > 0 || !first
    ? own
    : picked.filter(({ resource }) => graph.setOf(resource) === graph.setOf(first.resource));
}

/** Every serving workload of the workspace whose namespace is known, by that and each label of its pods. */
function podsByLabel(graph: ResourceGraph): ReadonlyMap<string, readonly Workload[]> {
  return graph.memo('pods by namespace and label', () => {
    const byLabel = new Map<string, Workload[]>();
    for (const resource of graph.all(...SERVING_TYPES)) {
      const workload = workloadOf(resource)!;
      for (const label of workload.podLabels?.entries ?? []) {
        const key = `${resource.namespace} ${label.key}=${label.text()}`;
        const members = byLabel.get(key);
        if (members) members.push(workload);
        else byLabel.set(key, [workload]);
      }
    }
    return byLabel;
  });
}

function portsOf(rule: SourceNode): ReadonlySet<string | number> | undefined {
  const ports = rule.find('ports');
  if (!ports) return undefined;
  return new Set(
    ports.items.flatMap((item) => {
      const scalar = item.find('port')?.scalar;
      return typeof scalar === 'string' || typeof scalar === 'number' ? [scalar] : [];
    }),
  );
}
