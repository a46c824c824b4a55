import { removeEntry } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { containerName, containersOf, POD_OWNERS } from '../../rules/parts/containers.ts';
import { demandOf } from '../../rules/parts/policies.ts';

/** A CPU limit throttles although the node is idle; some teams do without: `policies.resources` of slipway.yaml. */
export const rule = defineRule({
  id: 'requests-limits/limit-forbidden',
  severity: 'warning',
  profile: 'recommended',
  types: POD_OWNERS,
  equivalents: ['kyverno:forbid-cpu-limits'],
  *check(resource, graph) {
    const demand = demandOf(resource, graph, 'resources');
    for (const name of ['cpu', 'memory'] as const) {
      if (demand?.policy[name]?.forbidLimit !== true) continue;
      for (const entry of containersOf(resource)) {
        const limit = entry.container.find('resources', 'limits', name);
        if (!limit) continue;
        yield {
          at: limit.keyPlace,
          message: `The ${name} limit of ${containerName(entry)} is not wanted here.`,
          ...demand.because(name, 'forbidLimit'),
          fixes: [{ title: `Remove the ${name} limit`, safe: false, edits: () => [removeEntry(limit)] }],
        };
      }
    }
  },
});
