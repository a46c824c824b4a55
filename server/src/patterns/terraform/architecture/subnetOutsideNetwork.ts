import { contains, formatCidr } from '../../../languages/terraform/cidr.ts';
import { defineRule } from '../../../rules/contract.ts';
import { blockOf, blocksOf, reachedFrom } from '../parts/terraformBlock.ts';
import { addressesOf, NETWORK_OF, networkOf } from './network.ts';

/** The addresses of a subnet are addresses of its network. */
export const rule = defineRule({
  id: 'terraform/subnet-outside-network',
  severity: 'error',
  profile: 'recommended',
  types: [...NETWORK_OF.keys()].map((type) => `terraform/${type}`),
  *check(resource, graph) {
    const block = blockOf(resource, graph);
    const network = block && networkOf(block, graph);
    if (!block || !network) return;
    const outer = addressesOf(network);
    const inner = addressesOf(block);
    // A second block of addresses may be associated with the network.
    const hasMore = blocksOf(block.module, graph, 'aws_vpc_ipv4_cidr_block_association').some((other) =>
      reachedFrom(block.module, other.block, graph).has(network.address),
    );
    if (!outer || !inner || hasMore) return;
    for (const { cidr, node } of inner) {
      if (outer.some((one) => one.cidr.width !== cidr.width || contains(one.cidr, cidr))) continue;
      const whole = outer.map((one) => formatCidr(one.cidr)).join(', ');
      yield {
        at: node,
        message: `${formatCidr(cidr)} does not lie within ${whole}, the addresses of ${network.address}.`,
        related: outer.map((one) => ({ at: one.node, message: `The addresses of ${network.address}.` })),
      };
    }
  },
});
