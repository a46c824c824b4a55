import { defineRule } from '../../rules/contract.ts';
import { describeOther } from '../../workspace/resource.ts';
import { autoscalersOf, utilizationMetrics } from '../hpa/autoscaler.ts';
import { controlledResources, sizedWorkload, updatesPods, VERTICAL_AUTOSCALER } from './verticalAutoscaler.ts';

/**
 * An HPA counts utilisation in percent of the request, which the VPA changes: each answers the other's last step, and
 * the number of replicas swings.
 */
export const rule = defineRule({
  id: 'vpa/contends-with-autoscaler',
  severity: 'warning',
  profile: 'recommended',
  types: [VERTICAL_AUTOSCALER],
  *check(resource, graph) {
    const writtenAt = resource.root.find('spec', 'targetRef', 'name');
    const workload = sizedWorkload(resource, graph);
    if (!workload || !writtenAt || updatesPods(resource) !== true) return;
    for (const autoscaler of autoscalersOf(workload.resource, graph)) {
      for (const metric of utilizationMetrics(autoscaler)) {
        const containers = workload.containers
          .map((container) => container.text('name'))
          .filter((name) => metric.container === undefined || name === metric.container);
        const sized = containers.find(
          (name) => name !== undefined && controlledResources(resource, name)?.includes(metric.resource),
        );
        if (sized === undefined) continue;
        yield {
          at: resource.root.find('spec', 'updatePolicy', 'updateMode') ?? writtenAt,
          message: `This changes the ${metric.resource} request of container ${sized} of ${describeOther(workload.resource)}, by which ${describeOther(autoscaler)} counts replicas.`,
          related: [
            { at: metric.at, message: `The target of ${describeOther(autoscaler)} in percent of that request.` },
          ],
        };
        return;
      }
    }
  },
});
