import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { ROOT_NAMESPACE } from '../service-mesh/policyScope.ts';
import { AUTHORIZATION_POLICY, demandsToken, REQUEST_AUTHENTICATION } from './tokenDemand.ts';

/**
 * The policies that demand a token which nothing reads, by set and namespace: no RequestAuthentication of the workspace
 * can hold where they do. Without one a request has no principal, so that they admit nobody.
 */
export function demandsInVain(graph: ResourceGraph): readonly (readonly Resource[])[] {
  const read = new Set(graph.all(REQUEST_AUTHENTICATION).map(({ namespace }) => namespace));
  const isRead = ({ namespace }: Resource): boolean =>
    namespace === undefined ? read.size > 0 : [namespace, ROOT_NAMESPACE, undefined].some((one) => read.has(one));
  const groups = new Map<string, Resource[]>();
  for (const policy of graph.all(AUTHORIZATION_POLICY)) {
    if (demandsToken(policy) !== true || policy.namespace === ROOT_NAMESPACE) continue;
    if (graph.isIncomplete(policy) || isRead(policy)) continue;
    const key = `${graph.setOf(policy)} ${policy.namespace ?? '*'}`;
    groups.set(key, [...(groups.get(key) ?? []), policy]);
  }
  return [...groups.values()];
}
