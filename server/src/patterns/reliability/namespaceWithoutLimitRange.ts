import { defineRule } from '../../rules/contract.ts';

/** A LimitRange gives requests and limits to containers that have none. */
export const rule = defineRule({
  id: 'reliability/namespace-without-limit-range',
  severity: 'information',
  profile: 'strict',
  types: ['Namespace'],
  equivalents: ['trivy:KSV-0039', 'kics:pod_or_container_without_limit_range'],
  *check(resource, graph) {
    const name = resource.root.find('metadata', 'name');
    const written = name?.text();
    if (!name || written === undefined || graph.sameNamespace(resource, ['LimitRange'], written).length > 0) return;
    yield {
      at: name,
      message: `No LimitRange gives requests and limits to the containers of namespace ${written} that have none.`,
    };
  },
});
