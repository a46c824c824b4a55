import { defineRule } from '../../../rules/contract.ts';
import { blockOf } from '../parts/terraformBlock.ts';
import { CIDR_ARGUMENTS, cidrsIn } from './cidrAddresses.ts';

/** The cloud refuses what is no block of addresses, but only during apply. */
export const rule = defineRule({
  id: 'terraform/invalid-cidr',
  severity: 'error',
  profile: 'recommended',
  types: [...CIDR_ARGUMENTS.keys()].map((type) => `terraform/${type}`),
  *check(resource, graph) {
    const block = blockOf(resource, graph);
    for (const name of (block && CIDR_ARGUMENTS.get(block.type)) ?? []) {
      for (const { node, text, block: cidr, normal } of cidrsIn(block!.node.find(name))) {
        const isAws = block!.type.startsWith('aws_');
        if (!cidr) yield { at: node, message: `${JSON.stringify(text)} is no block of addresses.` };
        else if (normal !== undefined) {
          const isWritten = node.source.slice(node.span) === JSON.stringify(text);
          yield {
            at: node,
            message: `${text} has bits set beyond its prefix: the block is ${normal}.`,
            fixes: isWritten
              ? [
                  {
                    title: `Write ${normal}`,
                    safe: false,
                    edits: () => [{ uri: node.source.uri, span: node.span, newText: JSON.stringify(normal) }],
                  },
                ]
              : [],
          };
        } else if (isAws && cidr.width === 32 && (cidr.prefixLength < 16 || cidr.prefixLength > 28)) {
          yield { at: node, message: `${text} cannot be a network of AWS, whose prefixes are from /16 to /28.` };
        }
      }
    }
  },
});
