import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { besideOf, documents } from '../../rules/parts/newDocument.ts';
import type { WorkspaceChange } from '../../rules/pattern.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { placementsOf } from './placement.ts';
import { spotPools } from './spotPools.ts';

const TAINT = { key: 'karpenter.sh/capacity-type', value: 'spot' };

/**
 * Lets a workload without state stand on spot nodes: it tolerates the taint of those that the workspace has, else of a
 * pool of Karpenter that is written beside it. It still finds a place where spot capacity is short.
 */
export function applySpotNodes(resource: Resource, graph: ResourceGraph): WorkspaceChange | undefined {
  const podSpec = workloadOf(resource)?.podSpec;
  if (resource.type !== 'apps/Deployment' || !podSpec?.lacks('tolerations')) return undefined;
  const placed = placementsOf(resource, graph);
  const pools = spotPools(graph).filter(({ taints }) => taints && taints.length > 0);
  const [pool] = pools;
  if (placed.length > 0) return undefined;
  const taints = pool?.taints ?? [TAINT];
  const tolerations = taints.map(({ key, value }) => ({ key, operator: 'Equal', value, effect: 'NoSchedule' }));
  const nodePool = {
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodePool',
    metadata: { name: 'spot' },
    spec: {
      template: {
        spec: {
          nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'default' },
          taints: [{ ...TAINT, effect: 'NoSchedule' }],
          requirements: [
            { key: 'karpenter.sh/capacity-type', operator: 'In', values: ['spot'] },
            { key: 'karpenter.k8s.aws/instance-category', operator: 'In', values: ['c', 'm', 'r'] },
            { key: 'karpenter.k8s.aws/instance-generation', operator: 'Gt', values: ['4'] },
          ],
        },
      },
      limits: { cpu: '100' },
    },
  };
  return {
    edits: setValue(podSpec, ['tolerations'], tolerations),
    creates: pool ? [] : [{ uri: besideOf(resource, 'spot-node-pool.yaml'), text: documents(nodePool) }],
  };
}
