import { defineRule } from '../../rules/contract.ts';
import { POD_OWNERS } from '../../rules/parts/containers.ts';
import { podClassFaults } from '../../rules/parts/podClasses.ts';
import { demandOf } from '../../rules/parts/policies.ts';

/** The organisation says which sandboxes pods run in: `policies.pods` of slipway.yaml. */
export const rule = defineRule({
  id: 'pod-security/runtime-class-not-allowed',
  severity: 'warning',
  profile: 'recommended',
  types: POD_OWNERS,
  equivalents: ['kyverno:restrict-runtimeclass', 'kubescape:agent-sandbox-hardened-runtime-class'],
  *check(resource, graph) {
    const demand = demandOf(resource, graph, 'pods');
    const { requireRuntimeClass = false, allowedRuntimeClasses } = demand?.policy ?? {};
    if (!demand || (!requireRuntimeClass && !allowedRuntimeClasses)) return;
    for (const finding of podClassFaults(resource, {
      field: 'runtimeClassName',
      noun: 'runtime class',
      required: requireRuntimeClass,
      allowed: allowedRuntimeClasses,
    })) {
      yield { ...finding, ...demand.because(allowedRuntimeClasses ? 'allowedRuntimeClasses' : 'requireRuntimeClass') };
    }
  },
});
