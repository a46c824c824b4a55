import { defineRule } from '../../rules/contract.ts';
import { describe, describeOther } from '../../workspace/resource.ts';

/** Contour serves a host for one HTTPProxy alone; of two that claim it neither is served. */
export const rule = defineRule({
  id: 'api-gateway/host-claimed-twice',
  severity: 'error',
  profile: 'recommended',
  types: ['projectcontour.io/HTTPProxy'],
  *check(resource, graph) {
    const host = resource.root.find('spec', 'virtualhost', 'fqdn');
    const written = host?.text();
    if (!host || written === undefined) return;
    const classOf = ({ root }: typeof resource) =>
      root.text('spec', 'ingressClassName') ??
      root.text('metadata', 'annotations', 'projectcontour.io/ingress.class') ??
      '';
    const other = graph.near(resource, resource.type).find(
      (peer) =>
        peer !== resource &&
        // The same object written twice is one claim, of one version or the other.
        !(peer.name === resource.name && peer.namespace === resource.namespace) &&
        classOf(peer) === classOf(resource) &&
        peer.root.text('spec', 'virtualhost', 'fqdn')?.toLowerCase() === written.toLowerCase(),
    );
    if (!other) return;
    yield {
      at: host,
      message: `${written} is claimed by ${describeOther(other)} as well as by ${describe(resource)}, and Contour serves neither.`,
      related: [{ at: other.root.find('spec', 'virtualhost', 'fqdn')!, message: 'The other claim.' }],
    };
  },
});
