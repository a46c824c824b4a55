import { defineRule } from '../../rules/contract.ts';
import { describeOther } from '../../workspace/resource.ts';
import { amountAt, policyFor, sizedWorkload, updatesPods, VERTICAL_AUTOSCALER } from './verticalAutoscaler.ts';

/** A request outside the bounds of an autoscaler that updates pods is changed as soon as the first pod is up. */
export const rule = defineRule({
  id: 'vpa/request-out-of-bounds',
  severity: 'information',
  profile: 'recommended',
  types: [VERTICAL_AUTOSCALER],
  *check(resource, graph) {
    const workload = sizedWorkload(resource, graph);
    if (!workload || updatesPods(resource) !== true) return;
    for (const container of workload.containers) {
      const name = container.text('name');
      const policy = name === undefined ? undefined : policyFor(resource, name);
      for (const entry of container.find('resources', 'requests')?.entries ?? []) {
        const request = amountAt(entry);
        const least = amountAt(policy?.find('minAllowed', entry.key ?? ''));
        const most = amountAt(policy?.find('maxAllowed', entry.key ?? ''));
        const bound = request && least && request.value < least.value ? least : undefined;
        const broken = bound ?? (request && most && request.value > most.value ? most : undefined);
        if (!broken) continue;
        yield {
          at: broken.at,
          message: `Container ${name} of ${describeOther(workload.resource)} requests ${entry.text()} ${entry.key}, ${bound ? 'less' : 'more'} than this bound.`,
          related: [{ at: entry, message: `The request of container ${name}.` }],
        };
      }
    }
  },
});
