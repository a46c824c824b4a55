import type { SourceNode } from '../../text/sourceNode.ts';
import { podsByLabels } from '../../workspace/kubernetes/podSelection.ts';
import type { Workload } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { podsOfEveryNamespace } from './podsOfEveryNamespace.ts';

/** Policies of the root namespace hold for the whole mesh. */
export const ROOT_NAMESPACE = 'istio-system';

const SELECTOR_PATHS: Readonly<Record<string, readonly string[]>> = {
  'networking.istio.io/Sidecar': ['spec', 'workloadSelector', 'labels'],
  'networking.istio.io/EnvoyFilter': ['spec', 'workloadSelector', 'labels'],
};

/** The label map by which a policy of the mesh picks its pods. */
export function policySelector(policy: Resource): SourceNode | undefined {
  return policy.root.find(...selectorPath(policy));
}

/** The policy certainly picks no pods by itself: it holds for its namespace, or for the whole mesh. */
export function holdsForNamespace(policy: Resource): boolean {
  const path = selectorPath(policy);
  const targets = ['targetRefs', 'targetRef'].every((field) => policy.root.lacks('spec', field));
  return targets && (policy.root.lacks(path[0]!, path[1]!) || policySelector(policy)?.entries.length === 0);
}

/** The workloads that a policy picks by labels. */
export function selectedWorkloads(
  policy: Resource,
  graph: ResourceGraph,
): { readonly workloads: readonly Workload[]; readonly certain: boolean } {
  if (policy.namespace === ROOT_NAMESPACE) return podsOfEveryNamespace(policy, policySelector(policy), graph);
  return podsByLabels(policy, policySelector(policy), graph);
}

function selectorPath({ type }: Resource): readonly string[] {
  return SELECTOR_PATHS[type] ?? ['spec', 'selector', 'matchLabels'];
}
