import { formatCidr, overlaps } from '../../../languages/terraform/cidr.ts';
import { defineRule, type Finding } from '../../../rules/contract.ts';
import type { ResourceGraph } from '../../../workspace/resourceGraph.ts';
import { blockOf, blocksOf, reachedFrom, type TerraformBlock } from '../parts/terraformBlock.ts';
import { addressesOf, isSingle, NETWORK_OF, networkOf } from './network.ts';

/** An address means one machine: within a network, and on both sides of a peering. */
export const rule = defineRule({
  id: 'terraform/overlapping-networks',
  severity: 'error',
  profile: 'recommended',
  types: [...NETWORK_OF.keys(), 'aws_vpc_peering_connection'].map((type) => `terraform/${type}`),
  *check(resource, graph) {
    const block = blockOf(resource, graph);
    if (!block) return;
    if (block.type === 'aws_vpc_peering_connection') yield* peering(block, graph);
    else yield* subnets(block, graph);
  },
});

function* subnets(block: TerraformBlock, graph: ResourceGraph): Iterable<Finding> {
  const network = networkOf(block, graph);
  const own = addressesOf(block);
  if (!network || !own) return;
  for (const other of blocksOf(block.module, graph, block.type)) {
    // Each pair once: the later one is said to be wrong.
    if (other === block) break;
    if (networkOf(other, graph) !== network || areAlternatives(block, other)) continue;
    for (const { cidr, node } of own) {
      const same = addressesOf(other)?.find((one) => overlaps(one.cidr, cidr));
      if (!same) continue;
      yield {
        at: node,
        message: `${formatCidr(cidr)} overlaps ${formatCidr(same.cidr)}, the addresses of ${other.address} in ${network.address}.`,
        related: [{ at: same.node, message: `The addresses of ${other.address}.` }],
      };
    }
  }
}

/** Of two resources that are there on a condition perhaps only one ever is. */
function areAlternatives(a: TerraformBlock, b: TerraformBlock): boolean {
  return !isSingle(a) && !isSingle(b);
}

function* peering(block: TerraformBlock, graph: ResourceGraph): Iterable<Finding> {
  const reached = reachedFrom(block.module, block.block, graph);
  const networks = blocksOf(block.module, graph, 'aws_vpc').filter(({ address }) => reached.has(address));
  const [first, second] = networks;
  if (networks.length !== 2 || !first || !second) return;
  for (const { cidr } of addressesOf(first) ?? []) {
    const same = addressesOf(second)?.find((one) => overlaps(one.cidr, cidr));
    if (!same) continue;
    yield {
      at: block.namePlace,
      message: `${block.address} joins ${first.address} and ${second.address}, whose addresses ${formatCidr(cidr)} and ${formatCidr(same.cidr)} overlap.`,
      related: [
        { at: first.namePlace, message: formatCidr(cidr) },
        { at: second.namePlace, message: formatCidr(same.cidr) },
      ],
    };
  }
}
