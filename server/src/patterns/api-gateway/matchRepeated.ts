import { defineRule } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { objectId } from '../../workspace/documentSets.ts';
import { describeOther, type Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

const ROUTES = ['gateway.networking.k8s.io/HTTPRoute', 'gateway.networking.k8s.io/GRPCRoute'];

interface Claim {
  readonly route: Resource;
  readonly rule: SourceNode;
  readonly at: SourceNode;
}

/** Of two rules that match the same requests the first wins, or that of the older route: the other is never asked. */
export const rule = defineRule({
  id: 'api-gateway/match-repeated',
  severity: 'warning',
  profile: 'recommended',
  types: ROUTES,
  *check(resource, graph) {
    const { byKey, byRoute } = claimsNear(resource, graph);
    for (const { key, claim } of byRoute.get(resource) ?? []) {
      const other = byKey
        .get(key)
        // A route that is defined twice is one route.
        ?.find(
          ({ rule, route }) => rule !== claim.rule && (route === resource || objectId(route) !== objectId(resource)),
        );
      if (!other) continue;
      const isFirst = other.route === resource && other.at.span.start > claim.at.span.start;
      if (isFirst) continue;
      yield {
        at:
          claim.at.kind === 'scalar'
            ? claim.at
            : (claim.at.find('path', 'value') ?? claim.at.entries[0]?.keyPlace ?? claim.at),
        message:
          other.route === resource
            ? `This rule is never asked: the rule in line ${other.at.source.lineAt(other.at.span.start) + 1} matches the same requests.`
            : `${describeOther(other.route)} matches the same requests of the same hosts, and the older of the two routes gets them all.`,
        related: [{ at: other.at.find('path', 'value') ?? other.at, message: 'The other match.' }],
      };
    }
  },
});

interface Claims {
  readonly byKey: ReadonlyMap<string, readonly Claim[]>;
  readonly byRoute: ReadonlyMap<Resource, readonly { readonly key: string; readonly claim: Claim }[]>;
}

function claimsNear(resource: Resource, graph: ResourceGraph): Claims {
  return graph.memo(`route-matches ${resource.type} ${graph.setOf(resource)}`, () => {
    const byKey = new Map<string, Claim[]>();
    const byRoute = new Map<Resource, { key: string; claim: Claim }[]>();
    for (const route of graph.near(resource, resource.type)) {
      const own = [...claimsOf(route)];
      byRoute.set(route, own);
      for (const { key, claim } of own) byKey.set(key, [...(byKey.get(key) ?? []), claim]);
    }
    return { byKey, byRoute };
  });
}

/** What a route matches, as texts that are equal for equal requests: at which parent, for which hosts, by which match. */
function* claimsOf(route: Resource): Iterable<{ key: string; claim: Claim }> {
  const spec = route.root.find('spec');
  const [parents, hosts] = [spec?.find('parentRefs'), spec?.find('hostnames')];
  if (!spec || !parents?.known || (hosts ? !hosts.known : !spec.lacks('hostnames'))) return;
  const names = hosts && hosts.items.length > 0 ? hosts.items.map((item) => item.text() ?? '') : ['*'];
  for (const rule of spec.find('rules')?.items ?? []) {
    if (rule.conditional) continue;
    const matches = rule.find('matches')?.items ?? [];
    if (matches.length === 0 && !rule.lacks('matches')) continue;
    for (const match of matches.length > 0 ? matches : [undefined]) {
      if (match && (!match.known || match.conditional)) continue;
      for (const parent of parents.items) {
        for (const host of names) {
          const parts = [
            parent.text('namespace') ?? route.namespace,
            parent.text('name'),
            parent.text('sectionName'),
            parent.text('port'),
          ];
          yield {
            key: JSON.stringify([parts, host.toLowerCase(), inOrder(match?.value)]),
            claim: { route, rule, at: match ?? rule },
          };
        }
      }
    }
  }
}

/** The same match however its fields are ordered, with what the API server fills in. */
function inOrder(value: unknown): unknown {
  const match = (value ?? {}) as { path?: { type?: string; value?: string } };
  const path = { type: match.path?.type ?? 'PathPrefix', value: match.path?.value ?? '/' };
  return sorted({ ...match, path });
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
