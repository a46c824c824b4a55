import { type CidrBlock, formatAddress, formatCidr, netmask, sizeOf } from '../languages/terraform/cidr.ts';
import { addressesInWords } from './hints/addressRanges.ts';

/** First and last address of a block, how many there are, and the mask. */
export function cidrInWords(block: CidrBlock): string {
  const written = formatCidr(block);
  const first = formatAddress(block.address, block.width);
  const last = formatAddress(block.address + sizeOf(block) - 1n, block.width);
  const mask = netmask(block);
  const count = addressesInWords(written) ?? '1 address';
  return `**${written}**: ${first} to ${last}, ${count}${mask === undefined ? '' : `, mask ${mask}`}`;
}
