import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { destinationRulesFor, VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { routeDestinations } from '../../workspace/istio/destinations.ts';
import { resolveHost } from '../../workspace/istio/hosts.ts';
import { describeOther } from '../../workspace/resource.ts';

/** A route to a subset that no DestinationRule of the host defines is answered 503. */
export const rule = defineRule({
  id: 'service-mesh/subset-undefined',
  severity: 'error',
  profile: 'recommended',
  types: [VIRTUAL_SERVICE],
  equivalents: ['istioctl:IST0101', 'kiali:KIA1107'],
  *check(resource, graph) {
    for (const { destination } of routeDestinations(resource)) {
      const subset = destination.find('subset');
      const host = destination.find('host');
      if (subset?.text() === undefined || host?.text() === undefined) continue;
      const policies = destinationRulesFor(host.text()!, resource, graph);
      const lists = policies.map((policy) => policy.root.find('spec', 'subsets'));
      if (lists.some((list) => list && (list.open || list.items.some((item) => item.text('name') === undefined))))
        continue;
      if (policies.some((policy) => policy.root.find('spec')?.open)) continue;
      const items = lists.flatMap((list) => list?.items ?? []);
      if (items.some((item) => item.text('name') === subset.text())) continue;
      const names = items.map((item) => item.text('name')!);
      const policy = policies[0];
      // A host that lives elsewhere may have its DestinationRule there too.
      const certain = policy !== undefined || resolveHost(host, resource, graph).status === 'found';
      const only = names.length === 1 ? names[0]! : undefined;
      yield {
        at: subset,
        message: policy
          ? `${describeOther(policy)} defines no subset ${subset.text()} for ${host.text()}${names.length > 0 ? `, only ${names.join(', ')}` : ''}.`
          : `No DestinationRule for ${host.text()} defines the subset ${subset.text()}.`,
        ...(policy
          ? {
              related: [
                {
                  at: policy.root.find('spec', 'subsets')?.keyPlace ?? policy.root.find('spec', 'host')!,
                  message: `The DestinationRule for ${host.text()}.`,
                },
              ],
            }
          : {}),
        ...(only === undefined
          ? {}
          : { fixes: [{ title: `Use the subset ${only}`, safe: false, edits: () => [replaceValue(subset, only)] }] }),
        ...(certain ? {} : { strict: true }),
      };
    }
  },
});
