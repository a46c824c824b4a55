import { defineRule } from '../../rules/contract.ts';
import { namePlace } from '../../rules/parts/containers.ts';
import { describeOther } from '../../workspace/resource.ts';
import { AUTOSCALER, targetOf, utilizationMetrics } from './autoscaler.ts';

/** A share of the request cannot be computed without one: the autoscaler reports an error and never acts. */
export const rule = defineRule({
  id: 'hpa/request-missing',
  severity: 'error',
  profile: 'recommended',
  types: [AUTOSCALER],
  *check(resource, graph) {
    const target = targetOf(resource, graph);
    if (!target || graph.sameNamespace(target.resource, ['LimitRange']).length > 0) return;
    for (const metric of utilizationMetrics(resource)) {
      const containers = target.containers.filter(
        (container) => metric.container === undefined || container.text('name') === metric.container,
      );
      const bare = containers.find(
        (container) =>
          container.lacks('resources', 'requests', metric.resource) &&
          container.lacks('resources', 'limits', metric.resource),
      );
      if (!bare) continue;
      yield {
        at: metric.at,
        message: `This is a share of the ${metric.resource} request, and container ${bare.text('name')} of ${describeOther(target.resource)} has none.`,
        related: [{ at: namePlace(bare), message: `The container without a ${metric.resource} request.` }],
      };
    }
  },
});
