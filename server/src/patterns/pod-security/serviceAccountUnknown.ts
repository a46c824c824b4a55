import { defineRule } from '../../rules/contract.ts';
import { POD_OWNERS } from '../../rules/parts/containers.ts';
import { describe } from '../../workspace/resource.ts';

/** Pods whose service account does not exist are never created. */
export const rule = defineRule({
  id: 'pod-security/service-account-unknown',
  severity: 'error',
  profile: 'recommended',
  types: POD_OWNERS,
  equivalents: [
    'kube-linter:non-existent-service-account',
    'kubescape:non-existent-service-account',
    'kubevious:service-account-ref',
    'popeye:307',
    'popeye:507',
    'kiali:KIA1701',
  ],
  *check(resource, graph) {
    for (const { writtenAt, target } of graph.edgesFrom(resource, 'runs-as')) {
      if (target.status !== 'missing') continue;
      yield {
        at: writtenAt,
        message: `There is no ServiceAccount ${writtenAt.text()}${resource.namespace ? ` in namespace ${resource.namespace}` : ''} for ${describe(resource)} to run as.`,
        ...(target.certain ? {} : { strict: true }),
      };
    }
  },
});
