import { defineRule } from '../../rules/contract.ts';
import type { Resource } from '../../workspace/resource.ts';
import { describe, describeOther } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

/** Two Services for the same pods are mostly a copy whose selector was forgotten. */
export const rule = defineRule({
  id: 'network/selector-shared',
  severity: 'information',
  profile: 'strict',
  types: ['Service'],
  equivalents: ['gatekeeper:uniqueserviceselector'],
  *check(resource, graph) {
    const selector = resource.root.find('spec', 'selector');
    const other = othersWithSelector(resource, graph).find((service) => service !== resource);
    if (!selector || !other) return;
    yield {
      at: selector.keyPlace,
      message: `${describeOther(other)} selects the same pods as ${describe(resource)}.`,
      related: [
        { at: other.root.find('spec', 'selector')!.keyPlace, message: `The selector of ${describeOther(other)}.` },
      ],
    };
  },
});

function othersWithSelector(resource: Resource, graph: ResourceGraph): readonly Resource[] {
  const index = graph.memo(`services-by-selector ${graph.setOf(resource)}`, () => {
    const byKey = new Map<string, Resource[]>();
    for (const service of graph.near(resource, 'Service')) {
      const key = keyOf(service);
      if (key !== undefined) byKey.set(key, [...(byKey.get(key) ?? []), service]);
    }
    return byKey;
  });
  return index.get(keyOf(resource) ?? '') ?? [];
}

/** A headless Service beside one with an address is how databases are served, so the two are kept apart. */
function keyOf({ root, namespace }: Resource): string | undefined {
  const selector = root.find('spec', 'selector');
  if (selector?.kind !== 'map' || !selector.known || selector.entries.length === 0) return undefined;
  const pairs = selector.entries.map((entry) => `${entry.key}=${entry.text()}`).sort();
  return [namespace ?? '*', root.text('spec', 'clusterIP') === 'None' ? 'headless' : '', ...pairs].join(' ');
}
