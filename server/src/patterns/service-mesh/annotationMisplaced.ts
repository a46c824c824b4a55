import { removeEntry, setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { WORKLOAD_TYPES, workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';

const OF_PODS =
  /^(?:sidecar\.istio\.io\/(?!status$)|traffic\.sidecar\.istio\.io\/|readiness\.status\.sidecar\.istio\.io\/|proxy\.istio\.io\/config$|inject\.istio\.io\/templates$)/;

/** Injection reads the pod. What stands on the Deployment is seen by nobody. */
export const rule = defineRule({
  id: 'service-mesh/annotation-misplaced',
  severity: 'warning',
  profile: 'recommended',
  types: WORKLOAD_TYPES.filter((type) => type !== 'Pod'),
  equivalents: ['istioctl:IST0107'],
  *check(resource) {
    const template = workloadOf(resource)?.template;
    if (!template) return;
    for (const field of ['annotations', 'labels']) {
      for (const entry of resource.root.find('metadata', field)?.entries ?? []) {
        const value = entry.text();
        if (!entry.key || value === undefined || !OF_PODS.test(entry.key)) continue;
        if (!template.lacks('metadata', field, entry.key)) continue;
        const { key } = entry;
        yield {
          at: entry.keyPlace,
          message: `${key} has no effect on ${describe(resource)} itself; the mesh reads it from the pods.`,
          fixes: [
            {
              title: 'Move it to the pods',
              safe: true,
              edits: () => [removeEntry(entry), ...setValue(template, ['metadata', field, key], value)],
            },
          ],
        };
      }
    }
  },
});
