import { defineRule } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { secretKind } from './secretValues.ts';

/** Values are committed with the chart, packed into it, and kept by Helm in every release. */
export const rule = defineRule({
  id: 'secret-management/literal-in-values',
  severity: 'warning',
  profile: 'recommended',
  types: ['helm/Values'],
  *check({ root }) {
    for (const leaf of leaves(root)) {
      const written = typeof leaf.scalar === 'string' ? leaf.scalar : undefined;
      const kind = written === undefined || leaf.key === undefined ? undefined : secretKind(leaf.key, written);
      if (!kind) continue;
      const path = leaf.path.join('.');
      yield {
        at: leaf.keyPlace,
        message:
          kind === 'key'
            ? `The value ${path} has the form of a real key, and is packed into the chart.`
            : `The value ${path} is a secret in clear, and is packed into the chart.`,
        ...(kind === 'key' ? { severity: 'error' as const } : {}),
        ...(kind === 'word' ? { strict: true as const } : {}),
      };
    }
  },
});

function* leaves(node: SourceNode): Iterable<SourceNode> {
  if (node.kind === 'scalar') yield node;
  for (const entry of node.entries) yield* leaves(entry);
}
