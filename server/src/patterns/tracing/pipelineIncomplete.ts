import { defineRule } from '../../rules/contract.ts';
import { CONFIGURATION_TYPES, collectorConfigurationsOf } from './collectorConfiguration.ts';

/** A pipeline begins with a receiver and ends with an exporter; the collector refuses anything less. */
export const rule = defineRule({
  id: 'tracing/pipeline-incomplete',
  severity: 'error',
  profile: 'recommended',
  types: CONFIGURATION_TYPES,
  *check(resource) {
    for (const { root } of collectorConfigurationsOf(resource)) {
      for (const pipeline of root.find('service', 'pipelines')?.entries ?? []) {
        for (const kind of ['receivers', 'exporters']) {
          const list = pipeline.find(kind);
          const isEmpty = list ? list.kind === 'list' && !list.open && list.items.length === 0 : pipeline.lacks(kind);
          if (!isEmpty || pipeline.kind !== 'map') continue;
          yield {
            at: (list ?? pipeline).keyPlace,
            message: `Pipeline ${pipeline.key} has no ${kind}, so that the collector does not start.`,
          };
        }
      }
    }
  },
});
