import { type CidrBlock, formatCidr, parseCidr } from '../../../languages/terraform/cidr.ts';
import type { SourceNode } from '../../../text/sourceNode.ts';

/** Arguments that are blocks of addresses, by resource type. */
export const CIDR_ARGUMENTS: ReadonlyMap<string, readonly string[]> = new Map([
  ['aws_vpc', ['cidr_block']],
  ['aws_subnet', ['cidr_block']],
  ['aws_vpc_ipv4_cidr_block_association', ['cidr_block']],
  ['google_compute_subnetwork', ['ip_cidr_range']],
  ['azurerm_virtual_network', ['address_space']],
  ['azurerm_subnet', ['address_prefixes']],
]);

/** One block of addresses as written: what it means, and whether it is written as the clouds want it. */
export interface WrittenCidr {
  readonly node: SourceNode;
  readonly text: string;
  /** Undefined when it is none. */
  readonly block: CidrBlock | undefined;
  /** The usual spelling, where bits beyond the prefix are set; the clouds refuse those. */
  readonly normal: string | undefined;
}

/** The constant blocks of addresses in an argument: of a text, or of each text of a list. */
export function cidrsIn(value: SourceNode | undefined): readonly WrittenCidr[] {
  if (!value) return [];
  return (value.kind === 'list' ? value.items : [value]).flatMap((node) => {
    if (typeof node.scalar !== 'string') return [];
    const block = parseCidr(node.scalar);
    const isStrict = parseCidr(node.scalar, { strict: true }) !== undefined;
    return [{ node, text: node.scalar, block, normal: block && !isStrict ? formatCidr(block) : undefined }];
  });
}
