import { setValue } from '../../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../../rules/contract.ts';
import { WORKLOAD_TYPES, workloadOf } from '../../../workspace/kubernetes/workload.ts';
import { describe } from '../../../workspace/resource.ts';
import { getsSidecar, INJECT } from './podInjection.ts';

/** `auto` is replaced by the image of the proxy when the pod is injected; without injection nobody can pull it. */
export const rule = defineRule({
  id: 'service-mesh/auto-image-not-injected',
  severity: 'error',
  profile: 'recommended',
  types: WORKLOAD_TYPES,
  equivalents: ['istioctl:IST0146', 'istioctl:IST0147'],
  *check(resource, graph) {
    const { template, containers, initContainers } = workloadOf(resource)!;
    for (const container of [...initContainers, ...containers]) {
      const image = container.find('image');
      if (image?.text() !== 'auto') continue;
      const isInjected = getsSidecar(resource, graph);
      if (isInjected === true) continue;
      yield {
        at: image,
        message:
          isInjected === false
            ? `Nothing puts the proxy's image in the place of auto: the pods of ${describe(resource)} are not injected.`
            : `Nothing here puts the proxy's image in the place of auto: only a label of namespace ${resource.namespace ?? '(not written)'} could make the pods of ${describe(resource)} be injected.`,
        ...(isInjected === false ? {} : { strict: true }),
        fixes: template
          ? [
              {
                title: 'Ask for injection',
                safe: false,
                edits: () => setValue(template, ['metadata', 'labels', INJECT], 'true'),
              },
            ]
          : [],
      };
    }
  },
});
