import { formatAddress, formatCidr, host, netmask, parseCidr, subnet } from './cidr.ts';
import { fixed } from './functionArguments.ts';
import { type HclValue, numberOf, textOf, UNKNOWN } from './hclValue.ts';

/** Terraform's functions of IP networks. */
export const addressFunctions = {
  cidrhost: fixed(['text', 'whole'], (prefix, index) => {
    const block = parseCidr(prefix);
    const address = block && host(block, BigInt(index));
    return block && address !== undefined ? formatAddress(address, block.width) : UNKNOWN;
  }),
  cidrnetmask: fixed(['text'], (prefix) => {
    const block = parseCidr(prefix);
    return (block && netmask(block)) ?? UNKNOWN;
  }),
  cidrsubnet: fixed(['text', 'whole', 'whole'], (prefix, addedBits, index) => {
    const block = parseCidr(prefix);
    const found = block && subnet(block, addedBits, BigInt(index));
    return found ? formatCidr(found) : UNKNOWN;
  }),
  cidrsubnets: (values: readonly HclValue[]): HclValue => {
    const prefix = textOf(values[0] ?? UNKNOWN);
    const block = prefix === UNKNOWN ? undefined : parseCidr(prefix);
    if (!block) return UNKNOWN;
    const subnets: string[] = [];
    let next = block.address;
    const end = block.address + (1n << BigInt(block.width - block.prefixLength));
    for (const value of values.slice(1)) {
      const addedBits = numberOf(value);
      if (addedBits === UNKNOWN || !Number.isInteger(addedBits) || addedBits < 1) return UNKNOWN;
      const prefixLength = block.prefixLength + addedBits;
      if (prefixLength > block.width) return UNKNOWN;
      const size = 1n << BigInt(block.width - prefixLength);
      const address = ((next + size - 1n) / size) * size;
      if (address + size > end) return UNKNOWN;
      subnets.push(formatCidr({ address, prefixLength, width: block.width }));
      next = address + size;
    }
    return subnets;
  },
};
