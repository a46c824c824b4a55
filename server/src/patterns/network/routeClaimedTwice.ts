import { defineRule } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import type { Resource } from '../../workspace/resource.ts';
import { describe, describeOther } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { INGRESS, ingressClass } from './ingresses.ts';

interface Claim {
  readonly ingress: Resource;
  readonly path: SourceNode;
  readonly host: string;
}

/** Of two Ingresses for one host and path one wins, and which one is up to the controller. */
export const rule = defineRule({
  id: 'network/route-claimed-twice',
  severity: 'warning',
  profile: 'recommended',
  types: [INGRESS],
  equivalents: [
    'gatekeeper:uniqueingresshost',
    'kyverno:unique-ingress-host',
    'kyverno:unique-routes',
    'kubevious:ingress-unique-route-rules',
    'kyverno:unique-external-dns',
  ],
  *check(resource, graph) {
    const { byRoute, byIngress } = claimsNear(resource, graph);
    for (const { key, claim } of byIngress.get(resource) ?? []) {
      const other = byRoute.get(key)?.find(({ path }) => path !== claim.path);
      if (!other) continue;
      const place = claim.path.find('path') ?? claim.path;
      yield {
        at: place,
        message: `${claim.host || 'Every host'}${claim.path.text('path') ?? '/'} is ${other.ingress === resource ? 'routed twice by' : `also routed by ${describeOther(other.ingress)}, not only by`} ${describe(resource)}.`,
        related: [{ at: other.path.find('path') ?? other.path, message: 'The other route.' }],
        ...(claim.host === '' ? { strict: true } : {}),
      };
    }
  },
});

/** The claims of a set, by what they claim and by who claims it. */
interface Claims {
  readonly byRoute: ReadonlyMap<string, readonly Claim[]>;
  readonly byIngress: ReadonlyMap<Resource, readonly { readonly key: string; readonly claim: Claim }[]>;
}

function claimsNear(resource: Resource, graph: ResourceGraph): Claims {
  return graph.memo(`ingress-claims ${graph.setOf(resource)}`, () => {
    const byRoute = new Map<string, Claim[]>();
    const byIngress = new Map<Resource, { key: string; claim: Claim }[]>();
    for (const ingress of graph.near(resource, INGRESS)) {
      const own = [...claimsOf(ingress)];
      byIngress.set(ingress, own);
      for (const { key, claim } of own) {
        const claims = byRoute.get(key);
        if (claims) claims.push(claim);
        else byRoute.set(key, [claim]);
      }
    }
    return { byRoute, byIngress };
  });
}

function* claimsOf(ingress: Resource): Iterable<{ key: string; claim: Claim }> {
  // The canary of ingress-nginx repeats the routes of the Ingress that it belongs to.
  if (!ingress.root.lacks('metadata', 'annotations', 'nginx.ingress.kubernetes.io/canary')) return;
  for (const rule of ingress.root.find('spec', 'rules')?.items ?? []) {
    const host = rule.lacks('host') ? '' : rule.text('host');
    if (host === undefined || rule.conditional) continue;
    for (const path of rule.find('http', 'paths')?.items ?? []) {
      if (path.find('path')?.kind === 'unknown' || path.conditional) continue;
      const key = JSON.stringify([ingressClass(ingress), host, path.text('path') ?? '/', path.text('pathType') ?? '']);
      yield { key, claim: { ingress, path, host } };
    }
  }
}
