import type { KubeObject } from '../../cluster/kubeObject.ts';
import type { ResourceType } from '../../cluster/resourceType.ts';
import { grpcRouteType, httpRouteType, virtualServiceType } from './progressiveTypes.ts';

/** One end of a route: a Service as the object's own namespace names it, and of Istio perhaps one of its subsets. */
export interface Destination {
  readonly host: string;
  readonly subset?: string;
}

/** What a route leads to, in the order in which it is written. */
export interface RouteEnds {
  /** Where the list of ends stands in the object; the ends follow by their numbers. */
  readonly path: readonly (string | number)[];
  readonly ends: readonly {
    /** Undefined for an end that is no Service. */
    readonly destination: Destination | undefined;
    /** The weight in force, also where none is written. */
    readonly weight: number;
  }[];
}

/** The kinds of objects that divide traffic by weights. */
export type DividingKind = 'VirtualService' | 'HTTPRoute' | 'GRPCRoute';

const ISTIO_PROTOCOLS = ['http', 'tcp', 'tls'] as const;

const TYPES: Readonly<Record<DividingKind, ResourceType>> = {
  VirtualService: virtualServiceType,
  HTTPRoute: httpRouteType,
  GRPCRoute: grpcRouteType,
};

/** How the kind is reached in a cluster. */
export function dividingType(kind: DividingKind): ResourceType {
  return TYPES[kind];
}

/** The kind of an object that divides traffic by weights, of Istio or of the Gateway API; undefined for all others. */
export function dividingKind({ apiVersion, kind }: Pick<KubeObject, 'apiVersion' | 'kind'>): DividingKind | undefined {
  const type = Object.hasOwn(TYPES, kind) ? TYPES[kind as DividingKind] : undefined;
  return type && apiVersion.startsWith(`${type.group}/`) ? (kind as DividingKind) : undefined;
}

/** All routes of such an object; none of any other. Whatever is written there, it does not throw. */
export function routesOf(object: KubeObject): readonly RouteEnds[] {
  const spec = mapOf(object['spec']);
  const kind = dividingKind(object);
  if (kind === undefined) return [];
  if (kind !== 'VirtualService') {
    return listOf(spec['rules']).map((rule, index) => ({
      path: ['spec', 'rules', index, 'backendRefs'],
      ends: listOf(mapOf(rule)['backendRefs']).map((end) => ({
        destination: backendOf(end),
        weight: weightOf(end, 1),
      })),
    }));
  }
  return ISTIO_PROTOCOLS.flatMap((protocol) =>
    listOf(spec[protocol]).map((route, index) => ({
      path: ['spec', protocol, index, 'route'],
      ends: listOf(mapOf(route)['route']).map((end) => ({ destination: destinationOf(end), weight: weightOf(end, 0) })),
    })),
  );
}

function destinationOf(end: unknown): Destination | undefined {
  const { host, subset } = mapOf(mapOf(end)['destination']);
  if (typeof host !== 'string' || host === '') return undefined;
  return typeof subset === 'string' ? { host, subset } : { host };
}

/** A Service of another namespace is named as Istio would: `cart.shop`. */
function backendOf(end: unknown): Destination | undefined {
  const { group = '', kind = 'Service', name, namespace } = mapOf(end);
  if (group !== '' || kind !== 'Service' || typeof name !== 'string' || name === '') return undefined;
  return { host: typeof namespace === 'string' ? `${name}.${namespace}` : name };
}

/** @param unwritten what counts where no weight is written: Istio gives nothing, the Gateway API one share */
function weightOf(end: unknown, unwritten: number): number {
  const { weight } = mapOf(end);
  if (weight === undefined || weight === null) return unwritten;
  return typeof weight === 'number' && weight > 0 ? weight : 0;
}

function mapOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
