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
  ],
  *check(resource, graph) {
    for (const claims of claimsNear(resource, graph).values()) {
      for (const claim of claims) {
        if (claim.ingress !== resource) continue;
        const other = claims.find(({ path }) => path !== claim.path);
        if (!other) continue;
        const place = claim.path.find('path') ?? claim.path;
        yield {
          at: place,
          message: `${claim.host || 'Every host'}${claim.path.text('path') ?? '/'} is ${other.ingress === resource ? 'routed twice by' : `also routed by ${describeOther(other.ingress)}, not only by`} ${describe(resource)}.`,
          related: [{ at: other.path.find('path') ?? other.path, message: 'The other route.' }],
          ...(claim.host === '' ? { strict: true } : {}),
        };
      }
    }
  },
});

function claimsNear(resource: Resource, graph: ResourceGraph): ReadonlyMap<string, readonly Claim[]> {
  return graph.memo(`ingress-claims ${graph.setOf(resource)}`, () => {
    const byKey = new Map<string, Claim[]>();
    for (const ingress of graph.near(resource, INGRESS)) {
      // The canary of ingress-nginx repeats the routes of the Ingress that it belongs to.
      if (!ingress.root.lacks('metadata', 'annotations', 'nginx.ingress.kubernetes.io/canary')) continue;
      for (const rule of ingress.root.find('spec', 'rules')?.items ?? []) {
        const host = rule.lacks('host') ? '' : rule.text('host');
        if (host === undefined || rule.conditional) continue;
        for (const path of rule.find('http', 'paths')?.items ?? []) {
          if (path.find('path')?.kind === 'unknown' || path.conditional) continue;
          const key = JSON.stringify([
            ingressClass(ingress),
            host,
            path.text('path') ?? '/',
            path.text('pathType') ?? '',
          ]);
          const claims = byKey.get(key);
          if (claims) claims.push({ ingress, path, host });
          else byKey.set(key, [{ ingress, path, host }]);
        }
      }
    }
    return byKey;
  });
}
