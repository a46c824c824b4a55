import { defineRule } from '../../rules/contract.ts';
import { blockOf } from '../terraform/parts/terraformBlock.ts';

const TYPE = 'terraform/aws_elasticache_replication_group';

/** Amazon refuses a failover that has nothing to fail over to. */
export const rule = defineRule({
  id: 'write-through/failover-without-replica',
  severity: 'error',
  profile: 'recommended',
  types: [TYPE],
  *check(resource, graph) {
    const node = blockOf(resource, graph)?.node;
    if (node?.boolean('automatic_failover_enabled') !== true) return;
    const count = node.find('num_cache_clusters') ?? node.find('replicas_per_node_group');
    const written = count?.number();
    const fewest = count?.key === 'replicas_per_node_group' ? 1 : 2;
    if (!count || written === undefined || written >= fewest) return;
    yield {
      at: count,
      message: `automatic_failover_enabled needs a replica, but ${count.key} is ${written}: Amazon refuses the group.`,
    };
  },
});
