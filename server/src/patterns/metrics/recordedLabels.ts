import { type LabelsOfSeries, type ResultLabels, resultLabels } from '../../languages/promql/promqlLabels.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { PROMETHEUS_RULE, queriesOf, type WrittenQuery } from './writtenQueries.ts';

/** The recording rules of the set of a resource, by the name that they record. */
export function recordsNear(from: Resource, graph: ResourceGraph): ReadonlyMap<string, readonly WrittenQuery[]> {
  return graph.memo(`recording-rules ${graph.setOf(from)}`, () => {
    const records = new Map<string, WrittenQuery[]>();
    for (const resource of graph.near(from, PROMETHEUS_RULE, 'ConfigMap')) {
      for (const query of queriesOf(resource)) {
        const name = query.use === 'record' ? query.rule?.text('record') : undefined;
        if (name !== undefined) records.set(name, [...(records.get(name) ?? []), query]);
      }
    }
    return records;
  });
}

/** What the recording rules beside a resource say of the labels of a series; undefined for what they do not record. */
export function recordedLabels(from: Resource, graph: ResourceGraph): LabelsOfSeries {
  const records = recordsNear(from, graph);
  const open = new Set<string>();
  const labelsOf = (name: string): ResultLabels | undefined => {
    const [record, ...others] = records.get(name) ?? [];
    // Rules that record one name together, or that use each other in a circle, are left alone.
    if (!record || others.length > 0 || open.has(name)) return undefined;
    const own = record.rule?.find('labels');
    if (own?.open) return undefined;
    open.add(name);
    const labels = resultLabels(record.query.expression, labelsOf);
    open.delete(name);
    const added = own?.entries.flatMap(({ key }) => key ?? []) ?? [];
    if (labels.kind === 'any')
      return { kind: 'any', dropped: new Set([...labels.dropped].filter((label) => !added.includes(label))) };
    return { kind: 'only', labels: new Set([...labels.labels, ...added]) };
  };
  return labelsOf;
}
