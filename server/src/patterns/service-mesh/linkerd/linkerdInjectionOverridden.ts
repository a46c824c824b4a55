import { defineRule } from '../../../rules/contract.ts';
import { WORKLOAD_TYPES, workloadOf } from '../../../workspace/kubernetes/workload.ts';
import { describe } from '../../../workspace/resource.ts';
import { linkerdInjection } from './linkerdInjection.ts';

/** A pod that refuses the proxy has neither the mutual TLS nor the policies of its neighbours. */
export const rule = defineRule({
  id: 'service-mesh/linkerd-injection-overridden',
  severity: 'information',
  profile: 'strict',
  types: WORKLOAD_TYPES,
  equivalents: ['kyverno:prevent-linkerd-pod-injection-override'],
  *check(resource) {
    const mode = linkerdInjection(workloadOf(resource)?.template?.find('metadata'));
    if (mode?.text() !== 'disabled') return;
    yield { at: mode, message: `${describe(resource)} keeps its pods out of Linkerd's mesh.` };
  },
});
