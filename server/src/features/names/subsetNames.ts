import { destinationRulesFor } from '../../workspace/istio/destinationRules.ts';
import type { NameFinder } from './nameFinder.ts';

/** The subsets that the DestinationRules of a route's host define. */
export const subsetNames: NameFinder = {
  path: /(?:^|\.)subset$/,
  *find({ graph, node, resource }) {
    const host = node.parent?.text('host');
    if (host === undefined) return;
    for (const rule of destinationRulesFor(host, resource, graph)) {
      for (const subset of rule.root.find('spec', 'subsets')?.items ?? []) {
        const name = subset.text('name');
        if (name !== undefined) yield { value: name, detail: `subset of ${rule.name ?? 'a DestinationRule'}` };
      }
    }
  },
};
