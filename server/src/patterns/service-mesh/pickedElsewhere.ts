import type { SourceNode } from '../../text/sourceNode.ts';
import { SERVING_TYPES, workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { matchesLabels } from '../../workspace/selection.ts';

/**
 * A chart, an overlay or another folder has pods with these labels. Labels that a chart's template writes are likely
 * those of the chart: they may match where the selector names the chart or a release.
 */
export function isPickedElsewhere(from: Resource, selector: SourceNode, graph: ResourceGraph): boolean {
  return graph.all(...SERVING_TYPES).some((resource) => {
    if (graph.setOf(resource) === graph.setOf(from)) return false;
    const matches = matchesLabels(selector, workloadOf(resource)?.podLabels);
    if (matches !== undefined) return matches;
    const [chart] = graph.near(resource, 'helm/Chart');
    if (!chart) return true;
    return selector.entries.some(
      (label) => label.text() === chart.name || label.key === 'app.kubernetes.io/instance' || label.key === 'release',
    );
  });
}
