import { defineRule } from '../../rules/contract.ts';

/** Without a quota one namespace may take the whole cluster. */
export const rule = defineRule({
  id: 'reliability/namespace-without-quota',
  severity: 'information',
  profile: 'strict',
  types: ['Namespace'],
  equivalents: ['trivy:KSV-0040', 'kics:pod_or_container_without_resource_quota'],
  *check(resource, graph) {
    const name = resource.root.find('metadata', 'name');
    const written = name?.text();
    if (!name || written === undefined || graph.sameNamespace(resource, ['ResourceQuota'], written).length > 0) return;
    yield { at: name, message: `No ResourceQuota limits what namespace ${written} may take of the cluster.` };
  },
});
