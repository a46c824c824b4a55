import ipaddr from 'ipaddr.js';

/** Four decimal numbers without leading zeros. */
const IPV4 = /^(?:(?:0|[1-9]\d{0,2})(?:\.|$)){4}$/;

/** A block of addresses: `address` has no bits set beyond `prefixLength`. */
export interface CidrBlock {
  readonly address: bigint;
  readonly prefixLength: number;
  /** Bits of an address: 32 for IPv4, 128 for IPv6. */
  readonly width: 32 | 128;
}

/** An address as a number, with the width of its family; undefined when the text is not an address. */
export function parseAddress(text: string): { address: bigint; width: 32 | 128 } | undefined {
  const isIpv6 = text.includes(':');
  const isValid = isIpv6
    ? !text.includes('%') && ipaddr.IPv6.isValid(text)
    : IPV4.test(text) && ipaddr.IPv4.isValid(text);
  if (!isValid) return undefined;
  const bytes = (isIpv6 ? ipaddr.IPv6 : ipaddr.IPv4).parse(text).toByteArray();
  const address = bytes.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);
  return { address, width: isIpv6 ? 128 : 32 };
}

/**
 * Reads `10.0.0.0/16` or `fd00::/8`. Undefined when it is neither. With `strict`, bits of the address beyond the prefix
 * are refused; otherwise they are dropped, as Terraform's functions do.
 */
export function parseCidr(text: string, { strict = false } = {}): CidrBlock | undefined {
  const match = /^([0-9a-fA-F.:]+)\/(0|[1-9]\d{0,2})$/.exec(text);
  const parsed = match && parseAddress(match[1]!);
  if (!match || !parsed) return undefined;
  const prefixLength = Number(match[2]);
  if (prefixLength > parsed.width) return undefined;
  const block = blockAt(parsed.address, prefixLength, parsed.width);
  return strict && block.address !== parsed.address ? undefined : block;
}

/** The usual spelling, e.g. `10.0.0.0/16`. */
export function formatCidr(block: CidrBlock): string {
  return `${formatAddress(block.address, block.width)}/${block.prefixLength}`;
}

/** How many addresses the block holds. */
export function sizeOf(block: CidrBlock): bigint {
  return 1n << BigInt(block.width - block.prefixLength);
}

/** Every address of `inner` is one of `outer`. */
export function contains(outer: CidrBlock, inner: CidrBlock): boolean {
  if (outer.width !== inner.width || inner.prefixLength < outer.prefixLength) return false;
  return blockAt(inner.address, outer.prefixLength, outer.width).address === outer.address;
}

/** The blocks have an address in common. */
export function overlaps(a: CidrBlock, b: CidrBlock): boolean {
  return contains(a, b) || contains(b, a);
}

/** The subnet with number `index` when `addedBits` are added to the prefix; undefined when there is none. */
export function subnet(block: CidrBlock, addedBits: number, index: bigint): CidrBlock | undefined {
  const prefixLength = block.prefixLength + addedBits;
  if (addedBits < 0 || prefixLength > block.width || index < 0n || index >= 1n << BigInt(addedBits)) return undefined;
  const address = block.address | (index << BigInt(block.width - prefixLength));
  return { address, prefixLength, width: block.width };
}

/** The address with number `index`, counted from the end when negative; undefined when it lies outside. */
export function host(block: CidrBlock, index: bigint): bigint | undefined {
  const size = sizeOf(block);
  const offset = index < 0n ? size + index : index;
  return offset < 0n || offset >= size ? undefined : block.address + offset;
}

/** `255.255.0.0` for a prefix of 16; only IPv4 has such masks. */
export function netmask(block: CidrBlock): string | undefined {
  if (block.width !== 32) return undefined;
  return formatAddress(((1n << BigInt(block.prefixLength)) - 1n) << BigInt(32 - block.prefixLength), 32);
}

/** IPv6 is written as RFC 5952 asks: lower case, and the longest run of zeros as `::`. */
export function formatAddress(address: bigint, width: 32 | 128): string {
  const bytes: number[] = [];
  for (let shift = BigInt(width - 8); shift >= 0n; shift -= 8n) bytes.push(Number((address >> shift) & 255n));
  const parsed = ipaddr.fromByteArray(bytes);
  return parsed instanceof ipaddr.IPv6 ? parsed.toRFC5952String() : parsed.toString();
}

function blockAt(address: bigint, prefixLength: number, width: 32 | 128): CidrBlock {
  const hostBits = BigInt(width - prefixLength);
  return { address: (address >> hostBits) << hostBits, prefixLength, width };
}
