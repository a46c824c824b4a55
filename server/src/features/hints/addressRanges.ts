import { parseCidr, sizeOf } from '../../languages/terraform/cidr.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import type { HintFinder, ValueHint } from './hintFinder.ts';

/** Larger blocks are said as a power of two. */
const COUNTABLE = 1n << 40n;

/** How many addresses a block such as `10.0.0.0/16` holds. */
export const addressRanges: HintFinder = {
  find: (resource) => addressHints(resource.root),
};

/** The same for every text below a node, in any language. */
export function* addressHints(node: SourceNode): Generator<ValueHint> {
  const { scalar } = node;
  if (typeof scalar === 'string') {
    const label = scalar.length < 50 ? addressesInWords(scalar) : undefined;
    if (label !== undefined) yield { at: node, label };
    return;
  }
  for (const entry of node.entries) yield* addressHints(entry);
}

/** `65,536 addresses`; undefined for what is no block, or a single address. */
export function addressesInWords(text: string): string | undefined {
  const block = text.includes('/') ? parseCidr(text) : undefined;
  const size = block && sizeOf(block);
  if (block === undefined || size === undefined || size === 1n) return undefined;
  return size > COUNTABLE
    ? `2^${block.width - block.prefixLength} addresses`
    : `${size.toString().replace(/\B(?=(\d{3})+$)/g, ',')} addresses`;
}
