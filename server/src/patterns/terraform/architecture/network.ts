import type { CidrBlock } from '../../../languages/terraform/cidr.ts';
import type { SourceNode } from '../../../text/sourceNode.ts';
import type { ResourceGraph } from '../../../workspace/resourceGraph.ts';
import { blocksOf, reachedFrom, type TerraformBlock } from '../parts/terraformBlock.ts';
import { CIDR_ARGUMENTS, cidrsIn } from './cidrAddresses.ts';

/** Subnets, and the network that each type lies in. */
export const NETWORK_OF: ReadonlyMap<string, string> = new Map([
  ['aws_subnet', 'aws_vpc'],
  ['azurerm_subnet', 'azurerm_virtual_network'],
]);

/** The only network of its type that a block refers to. */
export function networkOf(block: TerraformBlock, graph: ResourceGraph): TerraformBlock | undefined {
  const type = NETWORK_OF.get(block.type);
  if (type === undefined) return undefined;
  const reached = reachedFrom(block.module, block.block, graph);
  const found = blocksOf(block.module, graph, type).filter(({ address }) => reached.has(address));
  return found.length === 1 ? found[0] : undefined;
}

/** The blocks of addresses of a resource; undefined when one of them is not known. */
export function addressesOf(
  block: TerraformBlock,
): readonly { readonly cidr: CidrBlock; readonly node: SourceNode }[] | undefined {
  const known: { cidr: CidrBlock; node: SourceNode }[] = [];
  for (const name of CIDR_ARGUMENTS.get(block.type) ?? []) {
    const value = block.node.find(name);
    const written = cidrsIn(value);
    const expected = value?.kind === 'list' ? value.items.length : 1;
    if (!value || value.open || written.length !== expected) return undefined;
    for (const { block: cidr, node } of written) {
      if (!cidr) return undefined;
      known.push({ cidr, node });
    }
  }
  return known;
}

/** One resource may stand for several, which then differ in what cannot be seen. */
export function isSingle({ node }: TerraformBlock): boolean {
  return node.lacks('for_each') && node.lacks('count');
}
