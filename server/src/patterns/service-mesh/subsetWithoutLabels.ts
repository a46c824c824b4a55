import { defineRule } from '../../rules/contract.ts';
import { DESTINATION_RULE } from '../../workspace/istio/destinationRules.ts';
import { describe } from '../../workspace/resource.ts';

/** A subset without labels is every pod of the host. */
export const rule = defineRule({
  id: 'service-mesh/subset-without-labels',
  severity: 'information',
  profile: 'strict',
  types: [DESTINATION_RULE],
  equivalents: ['kiali:KIA0209'],
  *check(resource) {
    for (const subset of resource.root.find('spec', 'subsets')?.items ?? []) {
      const name = subset.find('name');
      const labels = subset.find('labels');
      const isEmpty = labels?.kind === 'map' && labels.entries.length === 0 && !labels.open;
      if (!name || !(subset.lacks('labels') || isEmpty)) continue;
      yield {
        at: name,
        message: `The subset ${name.text() ?? ''} of ${describe(resource)} has no labels, so it is every pod of ${resource.root.text('spec', 'host') ?? 'the host'}.`,
      };
    }
  },
});
