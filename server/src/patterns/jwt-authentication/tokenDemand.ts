import type { SourceNode } from '../../text/sourceNode.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph, Ternary } from '../../workspace/resourceGraph.ts';
import { matchesLabels, namespacesAgree } from '../../workspace/selection.ts';
import { holdsForNamespace, policySelector, ROOT_NAMESPACE, selectedWorkloads } from '../service-mesh/policyScope.ts';

export const REQUEST_AUTHENTICATION = 'security.istio.io/RequestAuthentication';
export const AUTHORIZATION_POLICY = 'security.istio.io/AuthorizationPolicy';

/** The AuthorizationPolicies that may hold for a pod for which `authentication` holds. */
export function policiesBeside(authentication: Resource, graph: ResourceGraph): readonly Resource[] {
  return graph.near(authentication, AUTHORIZATION_POLICY).filter((policy) => {
    const isNear =
      policy.namespace === ROOT_NAMESPACE ||
      authentication.namespace === ROOT_NAMESPACE ||
      namespacesAgree(policy.namespace, authentication.namespace);
    return isNear && mayMeet(policy, authentication, graph);
  });
}

/**
 * A policy lets nobody in without a token: it allows only principals of requests, or denies requests without one.
 * Undefined where a template, or a service of its own, decides.
 */
export function demandsToken({ root }: Resource): Ternary {
  const action = root.text('spec', 'action') ?? (root.lacks('spec', 'action') ? 'ALLOW' : undefined);
  if (action === undefined || action === 'CUSTOM') return undefined;
  const rules = root.find('spec', 'rules');
  if (rules?.open) return undefined;
  const items = rules?.items ?? [];
  if (action === 'ALLOW') return items.some((rule) => demandsPrincipal(rule));
  if (action === 'DENY') {
    return items.some((rule) =>
      (rule.find('from')?.items ?? []).some((from) => from.find('source', 'notRequestPrincipals') !== undefined),
    );
  }
  return false;
}

/** A rule that a request without a token never fulfils. */
export function demandsPrincipal(rule: SourceNode): boolean {
  const sources = rule.find('from')?.items ?? [];
  if (sources.length > 0 && sources.every((from) => from.find('source', 'requestPrincipals') !== undefined))
    return true;
  return (rule.find('when')?.items ?? []).some(
    (condition) => condition.text('key')?.startsWith('request.auth.') === true && !condition.lacks('values'),
  );
}

function mayMeet(policy: Resource, authentication: Resource, graph: ResourceGraph): boolean {
  if (holdsForNamespace(policy) || holdsForNamespace(authentication)) return true;
  const [own, other] = [policySelector(policy), policySelector(authentication)];
  if (!own || !other) return true;
  // Either one names the labels of the other, or a pod has those of both.
  if (matchesLabels(own, other) !== false || matchesLabels(other, own) !== false) return true;
  return selectedWorkloads(authentication, graph).workloads.some(
    ({ resource }) => matchesLabels(own, workloadOf(resource)?.podLabels) !== false,
  );
}
