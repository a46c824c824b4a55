import { defineRule } from '../../../rules/contract.ts';
import { describe } from '../../../workspace/resource.ts';
import type { ResourceGraph } from '../../../workspace/resourceGraph.ts';
import { namespacesAgree } from '../../../workspace/selection.ts';
import { meshConfiguration } from '../meshConfiguration.ts';
import { AUTHORIZATION_POLICY, sourceValues } from './sources.ts';

const FORM = /^([^/]+)\/ns\/([^/]+)\/sa\/([^/]+)$/;

/** A principal is the trust domain, namespace and ServiceAccount of the caller; a wrong one matches nobody. */
export const rule = defineRule({
  id: 'service-mesh/principal-unknown',
  severity: 'warning',
  profile: 'recommended',
  types: [AUTHORIZATION_POLICY],
  equivalents: ['kiali:KIA0106', 'kiali:KIA0107', 'kiali:KIA0108'],
  *check(policy, graph) {
    for (const value of sourceValues(policy.root, ['principals', 'notPrincipals'], 'source.principal')) {
      const written = value.text();
      if (written === undefined || written.includes('*')) continue;
      const match = FORM.exec(written);
      if (!match) {
        yield {
          at: value,
          message: written.startsWith('spiffe://')
            ? `${describe(policy)} matches nobody by ${written}: a principal is written without spiffe://.`
            : `${describe(policy)} matches nobody by ${written}: a principal has the form trust-domain/ns/namespace/sa/account.`,
        };
        continue;
      }
      const [, domain, namespace, account] = match as unknown as [string, string, string, string];
      const domains = meshConfiguration(graph).trustDomains;
      if (domains && !domains.includes(domain) && domain !== 'cluster.local') {
        yield {
          at: value,
          message: `The trust domain of the mesh is ${domains.join(' or ')}, not ${domain}, so ${describe(policy)} matches nobody by this principal.`,
        };
        continue;
      }
      if (isMadeByOthers(account, namespace, graph)) continue;
      const target = graph.lookup(policy, ['ServiceAccount'], account, namespace);
      if (target.status === 'found') continue;
      if (target.status === 'missing') {
        yield {
          at: value,
          message: `There is no ServiceAccount ${account} in namespace ${namespace}, so ${describe(policy)} matches nobody by this principal.`,
          ...(target.certain ? {} : { strict: true }),
        };
        continue;
      }
      const elsewhere = graph
        .all('ServiceAccount')
        .find((one) => one.name === account && (one.namespace === undefined || one.namespace === namespace));
      if (!elsewhere) continue;
      yield {
        at: value,
        severity: 'information',
        strict: true,
        message: `ServiceAccount ${account} is deployed by other files than ${describe(policy)}; in another cluster, both need one trust domain.`,
        related: [{ at: elsewhere.root.find('metadata', 'name') ?? elsewhere.root, message: 'The account.' }],
      };
    }
  },
});

/** Accounts that no file need write: the one of every namespace, those of generated gateways, and those of charts. */
function isMadeByOthers(account: string, namespace: string, graph: ResourceGraph): boolean {
  if (account === 'default') return true;
  const isOfGateway = graph
    .all('gateway.networking.k8s.io/Gateway')
    .some(
      (gateway) =>
        namespacesAgree(gateway.namespace, namespace) &&
        account === `${gateway.name ?? ''}-${gateway.root.text('spec', 'gatewayClassName') ?? ''}`,
    );
  return isOfGateway || graph.all('ServiceAccount').some(({ name }) => name === undefined);
}
