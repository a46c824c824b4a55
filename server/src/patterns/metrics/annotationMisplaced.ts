import { defineRule } from '../../rules/contract.ts';
import { WORKLOAD_TYPES, workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';

const SCRAPE = 'prometheus.io/scrape';

/** Prometheus finds pods and Services, not what makes the pods: an annotation of a Deployment itself is read by nobody. */
export const rule = defineRule({
  id: 'metrics/annotation-misplaced',
  severity: 'warning',
  profile: 'recommended',
  types: WORKLOAD_TYPES.filter((type) => type !== 'Pod'),
  *check(resource, graph) {
    const annotations = resource.root.find('metadata', 'annotations');
    const scrape = annotations?.find(SCRAPE);
    const { template } = workloadOf(resource) ?? {};
    if (scrape?.text() !== 'true' || !template) return;
    const below = template.find('metadata', 'annotations');
    if (!template.lacks('metadata', 'annotations') && !below?.lacks(SCRAPE)) return;
    // The Service of the pods may say the same, and a monitor may bring them.
    if (graph.near(resource, 'Service').some(({ root }) => root.find('metadata', 'annotations', SCRAPE))) return;
    yield {
      at: scrape.keyPlace,
      message: `Prometheus does not see this annotation of ${describe(resource)}: it looks at pods, so that it belongs to the annotations of the template.`,
      related: [{ at: template.keyPlace, message: 'The template of the pods.' }],
    };
  },
});
