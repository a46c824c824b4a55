import { WORKLOAD_TYPES } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { queriesOf, rulesOf } from '../metrics/writtenQueries.ts';
import { isAnalysis, isStorage } from './logImages.ts';

/** Series that tell how the logs fare on their way. */
const LOG_SERIES = /fluentbit_|fluentd_|filebeat_|vector_|promtail_|loki_|elasticsearch_|opensearch_/;

/** What has alerting rules over `series` in the set of a resource: by default those that tell of logs on their way. */
export function alertsBeside(from: Resource, graph: ResourceGraph, series = LOG_SERIES): readonly Resource[] {
  return graph
    .near(from, 'monitoring.coreos.com/PrometheusRule', 'ConfigMap')
    .filter((resource) => rulesOf(resource).length > 0)
    .filter((resource) => queriesOf(resource).some(({ query, use }) => use === 'alert' && series.test(query.text)));
}

/** What shows logs to people, in the set of a resource. */
export function analysesBeside(from: Resource, graph: ResourceGraph): readonly Resource[] {
  return graph.near(from, ...WORKLOAD_TYPES).filter((resource) => isAnalysis(resource) && !isStorage(resource));
}

/** Policies that delete old logs: by name of the field that every storage has for it. */
export function retentionsBeside(from: Resource, graph: ResourceGraph): readonly Resource[] {
  return graph
    .near(from, 'ConfigMap')
    .filter(({ root }) =>
      (root.find('data')?.entries ?? []).some((entry) =>
        /"delete"\s*:|retention_period:|"min_age"\s*:/.test(entry.text() ?? ''),
      ),
    );
}
