import { defineRule } from '../../../rules/contract.ts';
import { WORKLOAD_TYPES, workloadOf } from '../../../workspace/kubernetes/workload.ts';
import { describe } from '../../../workspace/resource.ts';

const SKIPPING = ['config.linkerd.io/skip-inbound-ports', 'config.linkerd.io/skip-outbound-ports'];

/** Calls on a skipped port pass the proxy by: without mutual TLS, policy and metrics. */
export const rule = defineRule({
  id: 'service-mesh/linkerd-ports-skipped',
  severity: 'information',
  profile: 'strict',
  types: [...WORKLOAD_TYPES, 'Namespace', 'Service'],
  equivalents: ['kyverno:prevent-linkerd-port-skipping'],
  *check(resource) {
    const annotated = workloadOf(resource)?.template ?? resource.root;
    for (const key of SKIPPING) {
      const ports = annotated.find('metadata', 'annotations', key);
      if (!ports?.text()) continue;
      yield {
        at: ports,
        message: `Calls on port ${ports.text()} pass the proxy of ${describe(resource)} by, unencrypted and unmeasured.`,
      };
    }
  },
});
