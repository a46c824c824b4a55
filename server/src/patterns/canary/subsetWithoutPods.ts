import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule, type Fix } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { DESTINATION_RULE } from '../../workspace/istio/destinationRules.ts';
import type { Workload } from '../../workspace/kubernetes/workload.ts';
import { describe, describeOther } from '../../workspace/resource.ts';
import { matchesLabels } from '../../workspace/selection.ts';
import { podsOfHost, podsOfSubset } from './subsetPods.ts';

/** Requests that a route sends to a subset without pods are answered 503. */
export const rule = defineRule({
  id: 'canary/subset-without-pods',
  severity: 'error',
  profile: 'recommended',
  types: [DESTINATION_RULE],
  equivalents: ['istioctl:IST0173', 'kiali:KIA0203'],
  *check(resource, graph) {
    const ofHost = podsOfHost(resource, graph);
    const subsets = resource.root.find('spec', 'subsets');
    // Without a single pod of the host in the workspace, its pods live elsewhere.
    if (!subsets || !ofHost || ofHost.workloads.length === 0) return;
    for (const subset of subsets.items) {
      const labels = subset.find('labels');
      const { workloads, certain } = podsOfSubset(resource, subset, graph);
      if (!labels || workloads.length > 0 || !certain) continue;
      const host = resource.root.text('spec', 'host');
      const first = ofHost.workloads[0]!;
      const wrong = labels.entries.find((label) => first.podLabels?.text(label.key ?? '') !== label.text()) ?? labels;
      yield {
        at: labels.entries.length === 1 ? labels.entries[0]! : wrong,
        message: `The subset ${subset.text('name')} of ${host} matches no pod: none of ${list(ofHost.workloads)} has ${written(labels)}.`,
        related: ofHost.workloads.slice(0, 3).map(({ resource: workload, template }) => ({
          at: template?.find('metadata', 'labels')?.keyPlace ?? workload.root,
          message: `The pod labels of ${describeOther(workload)}.`,
        })),
        fixes: [...unusedLabels(labels, subsets, ofHost.workloads)],
      };
    }
  },
});

/** A workload that no subset covers is what the author meant, if there is exactly one. */
function* unusedLabels(labels: SourceNode, subsets: SourceNode, workloads: readonly Workload[]): Iterable<Fix> {
  const uncovered = workloads.filter(({ podLabels }) =>
    subsets.items.every((subset) => matchesLabels(subset.find('labels'), podLabels) === false),
  );
  const [only] = uncovered;
  if (uncovered.length !== 1 || !only) return;
  const values = labels.entries.flatMap((label) => {
    const value = only.podLabels?.text(label.key ?? '');
    return value === undefined || label.key === undefined ? [] : [[label.key, value] as const];
  });
  if (values.length !== labels.entries.length) return;
  yield {
    title: `Use the labels of ${only.resource.name ?? 'the other'}`,
    safe: false,
    edits: () =>
      values
        .filter(([key, value]) => labels.text(key) !== value)
        .flatMap(([key, value]) => setValue(labels, [key], value)),
  };
}

function list(workloads: readonly Workload[]): string {
  return workloads.map(({ resource }) => `${describe(resource)}`).join(', ');
}

function written(labels: SourceNode): string {
  return labels.entries.map((label) => `${label.key}=${label.text()}`).join(',');
}
