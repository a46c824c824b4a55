import { defineRule } from '../../rules/contract.ts';
import type { Resource } from '../../workspace/resource.ts';
import { describeOther } from '../../workspace/resource.ts';
import { gatewayPods, ISTIO_GATEWAY } from './ingressGateways.ts';

/** Under which keys a proxy looks for a certificate and its key. */
const PAIRS = [
  ['tls.crt', 'tls.key'],
  ['cert', 'key'],
] as const;

/** A Secret without certificate and key opens no port, and mutual TLS needs the authority of the clients as well. */
export const rule = defineRule({
  id: 'service-mesh/gateway-credential-incomplete',
  severity: 'error',
  profile: 'recommended',
  types: [ISTIO_GATEWAY],
  equivalents: ['istioctl:IST0161'],
  *check(gateway, graph) {
    const { workloads } = gatewayPods(gateway, graph);
    const namespace = workloads.length === 1 ? workloads[0]!.resource.namespace : gateway.namespace;
    for (const server of gateway.root.find('spec', 'servers')?.items ?? []) {
      const credential = server.find('tls', 'credentialName');
      const name = credential?.text();
      if (!credential || !name) continue;
      const target = graph.lookup(gateway, ['Secret'], name, namespace);
      if (target.status !== 'found') continue;
      const secret = target.resource;
      const isMutual = server.text('tls', 'mode') === 'MUTUAL';
      const authority = graph.lookup(gateway, ['Secret'], `${name}-cacert`, namespace);
      const missing = PAIRS.some((pair) => pair.every((key) => !lacksKey(secret, key)))
        ? isMutual && lacksKey(secret, 'ca.crt') && lacksKey(secret, 'cacert') && authority.status === 'missing'
          ? ['ca.crt']
          : []
        : PAIRS[0].filter((key) => lacksKey(secret, key));
      if (missing.length === 0) continue;
      yield {
        at: credential,
        message: `${describeOther(secret)} has no ${missing.join(' and no ')}, which the proxies of ${describeOther(gateway)} need.`,
        related: [
          {
            at: (secret.root.find('data') ?? secret.root.find('stringData'))?.keyPlace ?? secret.root,
            message: 'What the Secret holds.',
          },
        ],
      };
    }
  },
});

function lacksKey({ root }: Resource, key: string): boolean {
  return root.lacks('data', key) && root.lacks('stringData', key);
}
