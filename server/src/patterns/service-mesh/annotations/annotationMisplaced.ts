import { removeEntry, setValue } from '../../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../../rules/contract.ts';
import type { SourceNode } from '../../../text/sourceNode.ts';
import { workloadOf } from '../../../workspace/kubernetes/workload.ts';
import { describe } from '../../../workspace/resource.ts';
import { ANNOTATED_TYPES } from './annotationsOf.ts';
import { ISTIO_ANNOTATIONS } from './istioAnnotations.ts';

/** What is read from pods whether it is a label or an annotation. */
const ALSO_LABELS = /^(?:sidecar\.istio\.io\/inject|inject\.istio\.io\/templates)$/;

/** Each annotation is read from one kind of object. What stands on another is seen by nobody. */
export const rule = defineRule({
  id: 'service-mesh/annotation-misplaced',
  severity: 'warning',
  profile: 'recommended',
  types: ANNOTATED_TYPES,
  equivalents: ['istioctl:IST0107'],
  *check(resource) {
    // A Gateway of the Gateway API hands its annotations on to the pods that are made for it.
    const isHandedOn = resource.type.startsWith('gateway.networking.k8s.io/');
    const template = resource.type === 'Pod' ? undefined : workloadOf(resource)?.template;
    for (const entry of [...own(resource.root, 'annotations'), ...own(resource.root, 'labels')]) {
      const field = entry.parent!.key!;
      const key = entry.key ?? '';
      const kinds = ISTIO_ANNOTATIONS.get(key)?.kinds;
      const value = entry.text();
      if (!kinds || value === undefined || kinds.includes(resource.kind) || isHandedOn) continue;
      if (field === 'labels' && (!ALSO_LABELS.test(key) || !template)) continue;
      if (template && kinds.includes('Pod')) {
        if (!template.lacks('metadata', field, key)) continue;
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
        continue;
      }
      yield {
        at: entry.keyPlace,
        message: `${key} has no effect on ${describe(resource)}; the mesh reads it from ${kinds.join(', ')} only.`,
      };
    }
  },
});

function own(root: SourceNode, field: string): readonly SourceNode[] {
  return root.find('metadata', field)?.entries ?? [];
}
