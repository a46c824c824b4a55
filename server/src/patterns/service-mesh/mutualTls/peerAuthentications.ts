import type { SourceNode } from '../../../text/sourceNode.ts';
import type { Workload } from '../../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../../workspace/resource.ts';
import type { ResourceGraph } from '../../../workspace/resourceGraph.ts';
import { matchesLabelSelector } from '../../../workspace/selection.ts';
import { holdsForNamespace, ROOT_NAMESPACE } from '../policyScope.ts';

export const PEER_AUTHENTICATION = 'security.istio.io/PeerAuthentication';

/** What pods admit, and the PeerAuthentication that says so. */
export interface PeerMode {
  readonly mode: 'STRICT' | 'PERMISSIVE' | 'DISABLE';
  readonly policy: Resource;
  readonly at: SourceNode;
}

/**
 * The mode that counts for a pod and port, as Istio finds it: the policy that selects the pod, then that of its
 * namespace, then that of the root namespace; what one leaves unset, the next one says. Undefined where nothing is
 * written, or where two policies of one level or a template leave it open.
 */
export function peerMode(
  from: Resource,
  graph: ResourceGraph,
  namespace: string | undefined,
  pod?: { readonly workload: Workload; readonly port: number | undefined },
): PeerMode | undefined {
  const policies = graph.near(from, PEER_AUTHENTICATION);
  const inNamespace = policies.filter((policy) => policy.namespace === namespace);
  const selecting = pod
    ? inNamespace.filter(({ root }) => {
        const selector = root.find('spec', 'selector');
        return selector && matchesLabelSelector(selector, pod.workload.podLabels) !== false;
      })
    : [];
  const levels = [
    selecting,
    namespace === ROOT_NAMESPACE ? [] : inNamespace.filter(holdsForNamespace),
    policies.filter((policy) => policy.namespace === ROOT_NAMESPACE && holdsForNamespace(policy)),
  ];
  for (const level of levels) {
    if (level.length > 1) return undefined;
    const [policy] = level;
    if (!policy) continue;
    const answer = modeOf(policy, pod?.port);
    if (answer !== 'unset') return answer;
  }
  return undefined;
}

function modeOf(policy: Resource, port: number | undefined): PeerMode | 'unset' | undefined {
  const { root } = policy;
  const ports = root.find('spec', 'portLevelMtls');
  if (ports?.open) return undefined;
  const ofPort = port === undefined ? undefined : ports?.find(String(port), 'mode');
  const at = ofPort && ofPort.text() !== 'UNSET' ? ofPort : root.find('spec', 'mtls', 'mode');
  if (!at) return root.lacks('spec', 'mtls', 'mode') ? 'unset' : undefined;
  const mode = at.text();
  if (mode === 'STRICT' || mode === 'PERMISSIVE' || mode === 'DISABLE') return { mode, policy, at };
  return mode === 'UNSET' ? 'unset' : undefined;
}
