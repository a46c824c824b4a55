import { readQuantity } from '../../rules/parts/quantity.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { type Workload, workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

export const VERTICAL_AUTOSCALER = 'autoscaling.k8s.io/VerticalPodAutoscaler';

/** The modes in which pods that run are evicted or resized; `Auto` is the old name of `Recreate`. */
const UPDATING_MODES = ['Auto', 'Recreate', 'InPlaceOrRecreate', 'InPlace'];

/** The resources that a container policy controls when it does not say. */
const CONTROLLED_BY_DEFAULT = ['cpu', 'memory'];

/** The workload whose pods the autoscaler sizes, where the workspace has it. */
export function sizedWorkload(autoscaler: Resource, graph: ResourceGraph): Workload | undefined {
  const [edge] = graph.edgesFrom(autoscaler, 'scales');
  return edge?.target.status === 'found' ? workloadOf(edge.target.resource) : undefined;
}

/** The vertical autoscalers of a workload. */
export function verticalAutoscalersOf(workload: Resource, graph: ResourceGraph): readonly Resource[] {
  return graph
    .edgesTo(workload, 'scales')
    .map(({ source }) => source)
    .filter(({ type }) => type === VERTICAL_AUTOSCALER);
}

/** How recommendations reach the pods; `Recreate` where nothing is written, undefined where a template writes it. */
export function updateModeOf({ root }: Resource): string | undefined {
  return root.text('spec', 'updatePolicy', 'updateMode') ?? (isModeUnset(root) ? 'Recreate' : undefined);
}

export function isModeUnset(root: SourceNode): boolean {
  return root.lacks('spec', 'updatePolicy', 'updateMode');
}

/** Whether pods that run change their size by themselves; undefined where that is open. */
export function updatesPods(autoscaler: Resource): boolean | undefined {
  const mode = updateModeOf(autoscaler);
  return mode === undefined ? undefined : UPDATING_MODES.includes(mode);
}

export function containerPolicies({ root }: Resource): readonly SourceNode[] {
  return root.find('spec', 'resourcePolicy', 'containerPolicies')?.items ?? [];
}

/** The policy that holds for a container: its own, else the one for all others. */
export function policyFor(autoscaler: Resource, container: string): SourceNode | undefined {
  const policies = containerPolicies(autoscaler);
  return (
    policies.find((policy) => policy.text('containerName') === container) ??
    policies.find((policy) => policy.text('containerName') === '*')
  );
}

/**
 * The resources of a container that the autoscaler sizes: none where its policy is off; undefined where a template
 * decides.
 */
export function controlledResources(autoscaler: Resource, container: string): readonly string[] | undefined {
  if (
    containerPolicies(autoscaler).some(
      (policy) => policy.lacks('containerName') === false && !policy.text('containerName'),
    )
  )
    return undefined;
  const policy = policyFor(autoscaler, container);
  if (!policy) return CONTROLLED_BY_DEFAULT;
  if (policy.text('mode') === 'Off') return [];
  if (!policy.lacks('mode') && policy.text('mode') === undefined) return undefined;
  const listed = policy.find('controlledResources');
  if (!listed) return policy.lacks('controlledResources') ? CONTROLLED_BY_DEFAULT : undefined;
  const names = listed.items.map((item) => item.text());
  return names.every((name) => name !== undefined) ? names : undefined;
}

/** An amount and where it is written. */
export interface Amount {
  readonly at: SourceNode;
  readonly value: number;
}

export function amountAt(node: SourceNode | undefined): Amount | undefined {
  const value = readQuantity(node?.scalar);
  return node && value !== undefined ? { at: node, value } : undefined;
}
