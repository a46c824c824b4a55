import { defineRule } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { describe, describeOther, type Resource } from '../../workspace/resource.ts';
import { namespacesAgree } from '../../workspace/selection.ts';

/** A place before or after something depends on who was there first. */
export const rule = defineRule({
  id: 'service-mesh/patch-order-undefined',
  severity: 'information',
  profile: 'strict',
  types: ['networking.istio.io/EnvoyFilter'],
  equivalents: ['istioctl:IST0151'],
  *check(filter, graph) {
    if (!filter.root.lacks('spec', 'priority')) return;
    const others = graph
      .near(filter, filter.type)
      .filter((other) => other !== filter && namespacesAgree(other.namespace, filter.namespace));
    for (const { operation, applyTo } of relativePatches(filter)) {
      const rival = others.find(
        (other) =>
          other.root.lacks('spec', 'priority') &&
          [...relativePatches(other)].some((patch) => patch.applyTo === applyTo),
      );
      // The first place is there, whoever else came.
      if (!rival && operation.text() === 'INSERT_FIRST') continue;
      yield {
        at: operation,
        message: rival
          ? `${describeOther(rival)} places its ${applyTo} relatively too, and without a priority the older one goes first.`
          : `${describe(filter)} places its ${applyTo} relative to another one, and no priority says that the other is there first.`,
        ...(rival
          ? { related: [{ at: rival.root.find('metadata', 'name') ?? rival.root, message: `The other EnvoyFilter.` }] }
          : {}),
      };
    }
  },
});

function* relativePatches({ root }: Resource): Iterable<{ readonly operation: SourceNode; readonly applyTo: string }> {
  for (const patch of root.find('spec', 'configPatches')?.items ?? []) {
    const operation = patch.find('patch', 'operation');
    const applyTo = patch.text('applyTo');
    if (operation?.text()?.startsWith('INSERT_') && applyTo !== undefined) yield { operation, applyTo };
  }
}
