import { defineRule } from '../../../rules/contract.ts';
import type { SourceNode } from '../../../text/sourceNode.ts';
import { blockOf } from '../parts/terraformBlock.ts';

/** Where the sizes of a group of machines stand: least, wanted, most. */
const SIZES: ReadonlyMap<
  string,
  {
    readonly in: string | undefined;
    readonly names: readonly [least: string, wanted: string | undefined, most: string];
  }
> = new Map([
  ['aws_eks_node_group', { in: 'scaling_config', names: ['min_size', 'desired_size', 'max_size'] }],
  ['aws_autoscaling_group', { in: undefined, names: ['min_size', 'desired_capacity', 'max_size'] }],
  ['google_container_node_pool', { in: 'autoscaling', names: ['min_node_count', undefined, 'max_node_count'] }],
  ['azurerm_kubernetes_cluster_node_pool', { in: undefined, names: ['min_count', 'node_count', 'max_count'] }],
]);

/** The least is not more than the wanted, and the wanted not more than the most. */
export const rule = defineRule({
  id: 'terraform/node-group-size',
  severity: 'error',
  profile: 'recommended',
  types: [...SIZES.keys()].map((type) => `terraform/${type}`),
  *check(resource, graph) {
    const block = blockOf(resource, graph);
    const sizes = block && SIZES.get(block.type);
    if (!block || !sizes) return;
    const node = sizes.in === undefined ? block.node : block.node.find(sizes.in, 0);
    const [least, wanted, most] = sizes.names.map((name) => (name === undefined ? undefined : node?.find(name))) as [
      SourceNode?,
      SourceNode?,
      SourceNode?,
    ];
    const pairs = [
      [least, most],
      [least, wanted],
      [wanted, most],
    ] as const;
    for (const [smaller, larger] of pairs) {
      const [a, b] = [Number(smaller?.scalar ?? Number.NaN), Number(larger?.scalar ?? Number.NaN)];
      if (!smaller || !larger || !(a > b)) continue;
      yield {
        at: smaller,
        message: `${block.address} has ${a} as ${smaller.key}, more than its ${larger.key} of ${b}.`,
      };
      break;
    }
  },
});
