import { defineRule } from '../../rules/contract.ts';
import { CONFIGURATION_TYPES, collectorConfigurationsOf } from './collectorConfiguration.ts';

/** The limiter refuses data while memory is short. What stands before it has taken the memory already. */
export const rule = defineRule({
  id: 'tracing/limiter-not-first',
  severity: 'warning',
  profile: 'recommended',
  types: CONFIGURATION_TYPES,
  *check(resource) {
    for (const { root } of collectorConfigurationsOf(resource)) {
      for (const pipeline of root.find('service', 'pipelines')?.entries ?? []) {
        const list = pipeline.find('processors');
        const names = list?.items.map((item) => item.text()) ?? [];
        const index = names.findIndex((name) => name !== undefined && /^memory_limiter(?:\/|$)/.test(name));
        if (!list || index <= 0 || list.open || names.includes(undefined)) continue;
        const at = list.items[index]!;
        const { source, span } = list;
        const first = list.items[0]!;
        const order = [names[index], ...names.slice(0, index), ...names.slice(index + 1)];
        yield {
          at,
          message: `${names[index]} of pipeline ${pipeline.key} comes after ${names[0]}, which holds data that nobody limits.`,
          related: [{ at: first, message: 'The first processor.' }],
          fixes:
            list.flow && !list.derived
              ? [
                  {
                    title: 'Limit the memory first',
                    safe: true,
                    edits: () => [{ uri: source.uri, span, newText: `[${order.join(', ')}]` }],
                  },
                ]
              : [],
        };
      }
    }
  },
});
