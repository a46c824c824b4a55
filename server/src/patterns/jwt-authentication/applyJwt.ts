import { besideOf, documents, metadataOf } from '../../rules/parts/newDocument.ts';
import type { WorkspaceChange } from '../../rules/pattern.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { holdsForNamespace, selectedWorkloads } from '../service-mesh/policyScope.ts';
import { REQUEST_AUTHENTICATION } from './tokenDemand.ts';

/** Whose tokens are taken where no other workload says it. The issuer is to be replaced by one's own. */
const ISSUER = 'https://id.example.com/realms/shop';

/**
 * Writes the check of the token for a workload, and the policy that demands one. The issuer is the one that other workloads
 * of the namespace trust already, where there is one.
 */
export function applyJwt(resource: Resource, graph: ResourceGraph): WorkspaceChange | undefined {
  const workload = workloadOf(resource);
  const labels = (resource.root.find('spec', 'selector', 'matchLabels') ?? workload?.podLabels)?.value;
  if (!workload || resource.name === undefined || !isTextMap(labels)) return undefined;
  const others = graph.sameNamespace(resource, [REQUEST_AUTHENTICATION]);
  const isChecked = others.some(
    (other) =>
      holdsForNamespace(other) ||
      selectedWorkloads(other, graph).workloads.some((selected) => selected.resource === resource),
  );
  if (isChecked) return undefined;
  const name = `${resource.name}-tokens`;
  const rule = trustedRule(others) ?? {
    issuer: ISSUER,
    jwksUri: `${ISSUER}/protocol/openid-connect/certs`,
    audiences: [resource.name],
    forwardOriginalToken: true,
  };
  const object = (kind: string, rest: object) => ({
    apiVersion: 'security.istio.io/v1',
    kind,
    metadata: metadataOf(name, resource),
    spec: { selector: { matchLabels: { ...labels } }, ...rest },
  });
  const text = documents(
    object('RequestAuthentication', { jwtRules: [rule] }),
    object('AuthorizationPolicy', {
      action: 'ALLOW',
      rules: [{ from: [{ source: { requestPrincipals: [`${rule.issuer}/*`] } }] }],
    }),
  );
  return { edits: [], creates: [{ uri: besideOf(resource, `${resource.name}-jwt.yaml`), text }] };
}

/** The one rule by which others of the namespace check tokens, with a public key that is fetched. */
function trustedRule(others: readonly Resource[]): { issuer: string } | undefined {
  for (const { root } of others) {
    const [rule, ...more] = root.find('spec', 'jwtRules')?.items ?? [];
    const written = rule?.value;
    if (!rule?.known || more.length > 0 || rule.text('jwksUri') === undefined || rule.lacks('audiences')) continue;
    const issuer = rule.text('issuer');
    if (issuer !== undefined && typeof written === 'object' && written !== null) return { ...written, issuer };
  }
  return undefined;
}

function isTextMap(value: unknown): value is Readonly<Record<string, string>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).length > 0 &&
    Object.values(value).every((entry) => typeof entry === 'string')
  );
}
