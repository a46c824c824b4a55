import { defineRule } from '../../rules/contract.ts';
import { CONTAINER_OWNERS } from '../../rules/parts/containers.ts';
import { podClassFaults } from '../../rules/parts/podClasses.ts';
import { demandOf } from '../../rules/parts/policies.ts';

/** Which pods give way to which others is the organisation's decision: `policies.pods` of slipway.yaml. */
export const rule = defineRule({
  id: 'reliability/priority-class-not-allowed',
  severity: 'warning',
  profile: 'recommended',
  types: CONTAINER_OWNERS,
  equivalents: [
    'kube-linter:priority-class-name',
    'polaris:priorityClassNotSet',
    'kyverno:require-pod-priorityclassname',
    'kyverno:allowed-podpriorities',
  ],
  *check(resource, graph) {
    const demand = demandOf(resource, graph, 'pods');
    const { requirePriorityClass = false, allowedPriorityClasses } = demand?.policy ?? {};
    if (!demand || (!requirePriorityClass && !allowedPriorityClasses)) return;
    const hasDefault = graph
      .near(resource, 'scheduling.k8s.io/PriorityClass')
      .some(({ root }) => root.boolean('globalDefault') === true);
    for (const finding of podClassFaults(resource, {
      field: 'priorityClassName',
      noun: 'priority class',
      required: requirePriorityClass && !hasDefault,
      allowed: allowedPriorityClasses,
    })) {
      yield {
        ...finding,
        ...demand.because(allowedPriorityClasses ? 'allowedPriorityClasses' : 'requirePriorityClass'),
      };
    }
  },
});
