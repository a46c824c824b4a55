import { defineRule } from '../../../rules/contract.ts';
import { SERVING_TYPES, workloadOf } from '../../../workspace/kubernetes/workload.ts';
import { describe } from '../../../workspace/resource.ts';
import { matchesLabels } from '../../../workspace/selection.ts';
import { isAmbient } from '../ambient/waypoints.ts';
import { hasSidecar } from '../meshMembership.ts';
import { policySelector, ROOT_NAMESPACE } from '../policyScope.ts';
import { AUTHORIZATION_POLICY } from './sources.ts';

/** Where no policy selects a pod, every caller in the mesh may ask it for everything. */
export const rule = defineRule({
  id: 'service-mesh/workload-without-authorization',
  severity: 'information',
  profile: 'strict',
  types: SERVING_TYPES,
  equivalents: ['kiali:KIA1301', 'kyverno:require-authorizationpolicy'],
  *check(resource, graph) {
    if (!hasSidecar(resource, graph) && !isAmbient(resource, graph)) return;
    const { podLabels } = workloadOf(resource)!;
    const covers = graph.near(resource, AUTHORIZATION_POLICY).some((policy) => {
      const isNear =
        policy.namespace === undefined ||
        resource.namespace === undefined ||
        policy.namespace === resource.namespace ||
        policy.namespace === ROOT_NAMESPACE;
      if (!isNear) return false;
      const selector = policySelector(policy);
      return !selector || matchesLabels(selector, podLabels) !== false;
    });
    if (covers) return;
    yield {
      at: resource.root.find('metadata', 'name') ?? resource.root,
      message: `No AuthorizationPolicy holds for ${describe(resource)}, so every caller may ask it for everything.`,
    };
  },
});
