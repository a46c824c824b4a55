import { type CidrBlock, formatAddress, formatCidr, netmask, sizeOf } from '../languages/terraform/cidr.ts';

/** Above this a power of two says more than the digits. */
const MOST_DIGITS = 1_000_000_000_000n;

/** First and last address of a block, how many there are, and the mask. */
export function cidrInWords(block: CidrBlock): string {
  const size = sizeOf(block);
  const first = formatAddress(block.address, block.width);
  const last = formatAddress(block.address + size - 1n, block.width);
  const count = size > MOST_DIGITS ? `2^${block.width - block.prefixLength}` : size.toLocaleString('en');
  const mask = netmask(block);
  const addresses = size === 1n ? '1 address' : `${count} addresses`;
  return `**${formatCidr(block)}**: ${first} to ${last}, ${addresses}${mask === undefined ? '' : `, mask ${mask}`}`;
}
