import type { SourceNode } from '../../text/sourceNode.ts';
import { PROXY_ROUTES } from '../../workspace/edges/proxyRoutes.ts';
import { WORKLOAD_TYPES, workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { namespacesAgree } from '../../workspace/selection.ts';
import { AUTHORIZATION_POLICY, demandsToken } from '../jwt-authentication/tokenDemand.ts';
import { GATEWAY } from '../network/gatewayRoutes.ts';
import { INGRESS, ingressClass } from '../network/ingresses.ts';
import { ISTIO_GATEWAY } from '../service-mesh/ingressGateways.ts';
import { KONG_PLUGINS, MIDDLEWARES, middlewaresOf, pluginsOf } from './extensions.ts';

/** Gateways that take the requests of the outside world together, and the routes behind them. */
export interface Entry {
  readonly name: string;
  /** The Gateways; empty where the controller of an Ingress class, or a CRD, is the gateway. */
  readonly gateways: readonly Resource[];
  readonly routes: readonly Resource[];
  /** A route names a Gateway that does not exist. */
  readonly lacksGateway: boolean;
}

/** Something that does a duty of the gateway, where it is written. */
export interface DutyDone {
  readonly resource: Resource;
  readonly at: SourceNode;
}

/** The entries of the workspace: Gateways of one namespace, Ingresses of one class, routes of one proxy. */
export function entriesOf(graph: ResourceGraph): readonly Entry[] {
  return graph.memo('gateway-entries', () => [...gatewayEntries(graph), ...controllerEntries(graph)]);
}

/** The entry that a Gateway or a route belongs to. */
export function entryOf(resource: Resource, graph: ResourceGraph): Entry | undefined {
  const byMember = graph.memo(
    'gateway-entry-by-member',
    () =>
      new Map(
        entriesOf(graph).flatMap((entry) => [...entry.gateways, ...entry.routes].map((one) => [one, entry] as const)),
      ),
  );
  return byMember.get(resource);
}

function gatewayEntries(graph: ResourceGraph): readonly Entry[] {
  const groups = new Map<
    string,
    { name: string; gateways: Resource[]; routes: Set<Resource>; lacksGateway: boolean }
  >();
  const groupOf = (member: Resource, namespace: string | undefined) => {
    const key = `${graph.setOf(member)} ${namespace}`;
    const known = groups.get(key) ?? {
      name: namespace ?? 'gateway',
      gateways: [],
      routes: new Set<Resource>(),
      lacksGateway: false,
    };
    groups.set(key, known);
    return known;
  };
  for (const gateway of graph.all(ISTIO_GATEWAY, GATEWAY)) {
    // Waypoints and ways out of the mesh take no requests from outside.
    if (/waypoint/.test(gateway.root.text('spec', 'gatewayClassName') ?? '') || /egress/.test(gateway.name ?? ''))
      continue;
    const group = groupOf(gateway, gateway.namespace);
    group.gateways.push(gateway);
    for (const { source } of graph.edgesTo(gateway, 'attached-to')) group.routes.add(source);
  }
  for (const route of graph.all('networking.istio.io/VirtualService', 'gateway.networking.k8s.io/HTTPRoute')) {
    for (const { target, writtenAt } of graph.edgesFrom(route, 'attached-to')) {
      if (target.status !== 'missing' || !target.certain) continue;
      const written = writtenAt.text()?.split('/') ?? [];
      const group = groupOf(
        route,
        writtenAt.parent?.text('namespace') ?? (written.length > 1 ? written[0] : route.namespace),
      );
      group.lacksGateway = true;
      group.routes.add(route);
    }
  }
  return [...groups.values()].map((group) => ({ ...group, routes: [...group.routes] }));
}

function controllerEntries(graph: ResourceGraph): readonly Entry[] {
  const groups = new Map<string, { name: string; routes: Resource[] }>();
  for (const route of graph.all(INGRESS, ...PROXY_ROUTES)) {
    const name = route.type === INGRESS ? ingressClass(route) || 'ingress' : route.kind;
    const key = `${graph.setOf(route)} ${name}`;
    const known = groups.get(key);
    if (known) known.routes.push(route);
    else groups.set(key, { name, routes: [route] });
  }
  return [...groups.values()].map((group) => ({ ...group, gateways: [], lacksGateway: false }));
}

const AUTHENTICATING = /auth|jwt|oidc|openid|oauth|api-?key|hmac/i;
const LIMITING = /rate-?_?limit|ratelimit|limit-(?:rps|rpm|connections)|request-termination/i;
/** Kinds of policies whose text tells what they do, attached to gateways or routes by their own rules. */
const POLICIES = [
  'networking.istio.io/EnvoyFilter',
  'gateway.envoyproxy.io/SecurityPolicy',
  'gateway.envoyproxy.io/BackendTrafficPolicy',
  'kuadrant.io/AuthPolicy',
  'kuadrant.io/RateLimitPolicy',
];

/** What refuses requests whose sender is not known. */
export function authenticationOf(entry: Entry, graph: ResourceGraph): readonly DutyDone[] {
  const [first] = [...entry.gateways, ...entry.routes];
  if (!first) return [];
  const tokens = graph
    .near(first, AUTHORIZATION_POLICY)
    .filter((policy) => isBeside(policy, entry, graph) && demandsToken(policy) !== false);
  return [...tokens.map(named), ...byText(entry, AUTHENTICATING, graph)];
}

/** What bounds how many requests one caller, or all together, may send. */
export function limitsOf(entry: Entry, graph: ResourceGraph): readonly DutyDone[] {
  return byText(entry, LIMITING, graph);
}

function byText(entry: Entry, words: RegExp, graph: ResourceGraph): readonly DutyDone[] {
  const [first] = [...entry.gateways, ...entry.routes];
  if (!first) return [];
  const tells = ({ root }: Resource) => words.test(root.source.slice(root.span));
  const policies = graph.near(first, ...POLICIES).filter((policy) => isBeside(policy, entry, graph) && tells(policy));
  const annotated = entry.routes.flatMap((resource) => {
    const annotations = resource.root.find('metadata', 'annotations')?.entries ?? [];
    const isOf = /^(?:nginx\.|haproxy|alb\.|traefik|konghq|projectcontour)/;
    const at = annotations.find((entry) => isOf.test(entry.key ?? '') && words.test(entry.key ?? ''));
    return at ? [{ resource, at }] : [];
  });
  const inline = entry.routes.filter(
    ({ type, root }) => type === 'projectcontour.io/HTTPProxy' && words.test(root.source.slice(root.span)),
  );
  const extensions = entry.routes.flatMap((route) => [
    ...pluginsOf(route).map(({ name, namespace }) => graph.lookup(route, KONG_PLUGINS, name, namespace)),
    ...middlewaresOf(route).map(({ name, namespace }) => graph.lookup(route, MIDDLEWARES, name, namespace)),
  ]);
  const found = extensions.flatMap((target) =>
    target.status === 'found' && tells(target.resource) ? target.resource : [],
  );
  return [...[...policies, ...found, ...inline].map(named), ...annotated];
}

/** A policy that stands with the gateway, or with a Service behind it. */
function isBeside(policy: Resource, entry: Entry, graph: ResourceGraph): boolean {
  const behind = entry.routes.flatMap((route) =>
    graph.edgesFrom(route, 'routes-to').flatMap(({ target }) => (target.status === 'found' ? target.resource : [])),
  );
  return (
    [...entry.gateways, ...behind].some(({ namespace }) => namespacesAgree(policy.namespace, namespace)) ||
    policy.namespace === 'istio-system'
  );
}

function named(resource: Resource): DutyDone {
  return { resource, at: resource.root.find('metadata', 'name') ?? resource.root };
}

/** Workloads that join the answers of several services to one: KrakenD, and what calls itself a composer of them. */
export function aggregators(graph: ResourceGraph): readonly Resource[] {
  return graph.memo('aggregators', () =>
    graph.all(...WORKLOAD_TYPES).filter((resource) =>
      workloadOf(resource)?.containers.some((container) => {
        const words = [
          container.text('name'),
          container.text('image'),
          ...(container.find('args')?.items.map((item) => item.text()) ?? []),
        ];
        return words.some(
          (word) =>
            word !== undefined && /krakend|graphql-?(?:gateway|router|mesh)|apollo-router|tyk-gateway/i.test(word),
        );
      }),
    ),
  );
}
