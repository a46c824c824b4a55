import type { SourceNode } from '../../text/sourceNode.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

export const NODE_POOL = 'karpenter.sh/NodePool';
export const EKS_GROUP = 'terraform/aws_eks_node_group';
export const GKE_POOL = 'terraform/google_container_node_pool';
export const AKS_POOL = 'terraform/azurerm_kubernetes_cluster_node_pool';

/** Kinds that describe groups of nodes. */
export const POOL_TYPES = [NODE_POOL, EKS_GROUP, GKE_POOL, AKS_POOL];

export interface PoolTaint {
  readonly key: string;
  readonly value: string | undefined;
}

const EKS_SPOT = { key: 'eks.amazonaws.com/capacityType', value: 'SPOT' };
const GKE_SPOT = { key: 'cloud.google.com/gke-spot', value: 'true' };
const GKE_PREEMPTIBLE = { key: 'cloud.google.com/gke-preemptible', value: 'true' };
const AKS_SPOT = { key: 'kubernetes.azure.com/scalesetpriority', value: 'spot' };
const KARPENTER_SPOT = { key: 'karpenter.sh/capacity-type', value: 'spot' };

/** The labels that the nodes of spot capacity have by themselves, by the kind of their group. */
export const SPOT_LABELS: ReadonlyMap<string, readonly SpotPool['label'][]> = new Map([
  [NODE_POOL, [KARPENTER_SPOT]],
  [EKS_GROUP, [EKS_SPOT]],
  [GKE_POOL, [GKE_SPOT, GKE_PREEMPTIBLE]],
  [AKS_POOL, [AKS_SPOT]],
]);

/** A group of nodes that the cloud may take back. */
export interface SpotPool {
  readonly resource: Resource;
  /** What says that it is one. */
  readonly at: SourceNode;
  /** The label by which pods choose such nodes, where they do. */
  readonly label: { readonly key: string; readonly value: string };
  /** Undefined where they are not all known. */
  readonly taints: readonly PoolTaint[] | undefined;
  /** From the notice to the end of the node. */
  readonly noticeSeconds: number;
}

/** Every pool of the workspace that certainly gives spot capacity. */
export function spotPools(graph: ResourceGraph): readonly SpotPool[] {
  return graph.memo('spot-pools', () => graph.all(...POOL_TYPES).flatMap((resource) => spotPoolOf(resource) ?? []));
}

/** Reads a group of nodes as spot capacity; undefined for other groups. */
export function spotPoolOf(resource: Resource): SpotPool | undefined {
  const { root, type } = resource;
  switch (type) {
    case EKS_GROUP: {
      const at = root.find('capacity_type');
      if (at?.text() !== 'SPOT') return undefined;
      const label = EKS_SPOT;
      return { resource, at, label, taints: taintsIn(root, 'taint'), noticeSeconds: 120 };
    }
    case GKE_POOL: {
      const [config] = blocksAt(root, 'node_config');
      const isSpot = config?.boolean('spot') === true;
      const at = isSpot
        ? config.find('spot')
        : config?.boolean('preemptible') === true
          ? config.find('preemptible')
          : undefined;
      if (!config || !at) return undefined;
      const label = isSpot ? GKE_SPOT : GKE_PREEMPTIBLE;
      return { resource, at, label, taints: taintsIn(config, 'taint'), noticeSeconds: 30 };
    }
    case AKS_POOL: {
      const at = root.find('priority');
      if (at?.text() !== 'Spot') return undefined;
      // The service itself labels and taints these nodes.
      const label = AKS_SPOT;
      return { resource, at, label, taints: [label], noticeSeconds: 30 };
    }
    default: {
      const requirements = root.find('spec', 'template', 'spec', 'requirements')?.items ?? [];
      const capacity = requirements.find((one) => one.text('key') === 'karpenter.sh/capacity-type');
      const at = capacity?.find('values')?.items.find((value) => value.text() === 'spot');
      if (!at || capacity?.text('operator') !== 'In') return undefined;
      const label = KARPENTER_SPOT;
      return {
        resource,
        at,
        label,
        taints: taintsIn(root.find('spec', 'template', 'spec') ?? root, 'taints'),
        noticeSeconds: 120,
      };
    }
  }
}

/** The group certainly gives nodes on demand, and no others. */
export function isOnDemand({ root, type }: Resource): boolean {
  switch (type) {
    case EKS_GROUP:
      return root.lacks('capacity_type') || root.text('capacity_type') === 'ON_DEMAND';
    case GKE_POOL:
      return (
        root.lacks('node_config') ||
        blocksAt(root, 'node_config').every((config) =>
          ['spot', 'preemptible'].every((field) => config.lacks(field) || config.boolean(field) === false),
        )
      );
    case AKS_POOL:
      return root.lacks('priority') || root.text('priority') === 'Regular';
    default: {
      const requirements = root.find('spec', 'template', 'spec', 'requirements');
      const capacity = requirements?.items.find((one) => one.text('key') === 'karpenter.sh/capacity-type');
      const values = capacity?.find('values');
      return capacity?.text('operator') === 'In' && values?.items.every((one) => one.text() === 'on-demand') === true;
    }
  }
}

/** Blocks of one name, whether they are read as a list or as the only one. */
export function blocksAt(node: SourceNode, name: string): readonly SourceNode[] {
  const found = node.find(name);
  if (!found) return [];
  return found.kind === 'list' ? found.items : [found];
}

function taintsIn(node: SourceNode, name: string): readonly PoolTaint[] | undefined {
  if (node.open || (!node.find(name) && !node.lacks(name))) return undefined;
  const taints: PoolTaint[] = [];
  for (const taint of blocksAt(node, name)) {
    const key = taint.text('key');
    if (key === undefined || taint.open) return undefined;
    taints.push({ key, value: taint.text('value') });
  }
  return taints;
}
