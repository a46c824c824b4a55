import type { KubeObject } from '../../cluster/kubeObject.ts';
import type { FieldChange } from '../manifestEdit.ts';

/** One end of an Istio route. */
export interface Destination {
  readonly host: string;
  readonly subset?: string;
}

/** A route of a VirtualService that divides its traffic between the two versions. */
export interface DividedRoute {
  readonly protocol: 'http' | 'tcp' | 'tls';
  /** Position among the routes of the protocol. */
  readonly route: number;
  /** Positions of the two destinations within the route. */
  readonly stable: number;
  readonly canary: number;
  /** The canary's share in percent. */
  readonly percent: number;
}

/** Two versions that share the routes of a VirtualService. */
export interface Canary {
  readonly stable: Destination;
  readonly canary: Destination;
  readonly routes: readonly DividedRoute[];
  /** The canary's share where all routes agree. */
  readonly percent: number | undefined;
}

interface WrittenDestination {
  readonly destination?: { readonly host?: unknown; readonly subset?: unknown };
  readonly weight?: unknown;
}

const PROTOCOLS = ['http', 'tcp', 'tls'] as const;

/**
 * The canaries that a VirtualService holds: one for each pair of versions between which routes divide. Routes to one
 * destination (for testers, say) and routes to three or more are not moved. Which of the two is the canary is a
 * presumption; `turned` gives the other reading.
 */
export function canariesOf(virtualService: KubeObject): readonly Canary[] {
  const spec = virtualService['spec'] as Record<string, unknown> | null | undefined;
  const pairs = new Map<string, { stable: Destination; canary: Destination; routes: DividedRoute[] }>();
  for (const protocol of PROTOCOLS) {
    for (const [route, entry] of listOf(spec?.[protocol]).entries()) {
      const written = listOf((entry as { route?: unknown } | null)?.route) as (WrittenDestination | null)[];
      const [first, second] = written;
      const one = destinationOf(first);
      const other = destinationOf(second);
      if (written.length !== 2 || !one || !other || keyOf(one) === keyOf(other)) continue;
      const key = [keyOf(one), keyOf(other)].sort().join(' ');
      const weights = [weightOf(first), weightOf(second)] as const;
      const known = pairs.get(key);
      const canaryFirst = known ? keyOf(known.canary) === keyOf(one) : isCanary(one, other, weights);
      const pair = known ?? { stable: canaryFirst ? other : one, canary: canaryFirst ? one : other, routes: [] };
      pairs.set(key, pair);
      const total = weights[0] + weights[1];
      const canary = canaryFirst ? 0 : 1;
      const percent = total === 0 ? 0 : Math.round((weights[canary] / total) * 100);
      pair.routes.push({ protocol, route, stable: 1 - canary, canary, percent });
    }
  }
  return [...pairs.values()].map((pair) => ({ ...pair, percent: agreedPercent(pair.routes) }));
}

/** The same canary with the roles of the two versions exchanged. */
export function turned({ canary, routes, stable }: Canary): Canary {
  const exchanged = routes.map((route) => ({
    ...route,
    stable: route.canary,
    canary: route.stable,
    percent: 100 - route.percent,
  }));
  return { stable: canary, canary: stable, routes: exchanged, percent: agreedPercent(exchanged) };
}

/** The canary between two given versions, whichever way round it is presumed; undefined where no route divides them. */
export function canaryBetween(
  virtualService: KubeObject,
  stable: Destination,
  canary: Destination,
): Canary | undefined {
  return canariesOf(virtualService)
    .flatMap((found) => [found, turned(found)])
    .find((found) => keyOf(found.stable) === keyOf(stable) && keyOf(found.canary) === keyOf(canary));
}

/** A version in words: its subset, or its host where it has none. */
export function versionName({ host, subset }: Destination): string {
  return subset ?? host.split('.')[0] ?? host;
}

/** The JSON patch that gives the canary its share on every route that divides. Refused where the object has changed since. */
export function weightPatch(virtualService: KubeObject, { routes }: Canary, percent: number): object[] {
  const at = ({ protocol, route }: DividedRoute, index: number): string =>
    `/spec/${protocol}/${route}/route/${index}/weight`;
  return [
    { op: 'test', path: '/metadata/resourceVersion', value: virtualService.metadata.resourceVersion },
    ...routes.flatMap((route) => [
      { op: 'add', path: at(route, route.stable), value: 100 - percent },
      { op: 'add', path: at(route, route.canary), value: percent },
    ]),
  ];
}

/** The same as changes of the file that the VirtualService is written in. */
export function weightChanges({ routes }: Canary, documentIndex: number, percent: number): FieldChange[] {
  return routes.flatMap(({ canary, protocol, route, stable }) => {
    const at = (index: number): FieldChange['path'] => ['spec', protocol, route, 'route', index, 'weight'];
    return [
      { documentIndex, path: at(stable), value: 100 - percent },
      { documentIndex, path: at(canary), value: percent },
    ];
  });
}

function agreedPercent(routes: readonly DividedRoute[]): number | undefined {
  const shares = new Set(routes.map(({ percent }) => percent));
  return shares.size === 1 ? [...shares][0] : undefined;
}

/** The version that its name calls a canary, the later one by name, the one with less traffic, else the one that stands second. */
function isCanary(one: Destination, other: Destination, [weight, otherWeight]: readonly [number, number]): boolean {
  const named = (destination: Destination): boolean => /canary|preview|next|candidate/i.test(versionName(destination));
  if (named(one) !== named(other)) return named(one);
  const order = versionName(one).localeCompare(versionName(other), 'en', { numeric: true });
  if (/\d/.test(versionName(one)) && /\d/.test(versionName(other)) && order !== 0) return order > 0;
  return weight < otherWeight;
}

function destinationOf(written: WrittenDestination | null | undefined): Destination | undefined {
  const { host, subset } = written?.destination ?? {};
  if (typeof host !== 'string' || host === '') return undefined;
  return typeof subset === 'string' ? { host, subset } : { host };
}

function weightOf(written: WrittenDestination | null | undefined): number {
  return typeof written?.weight === 'number' && written.weight > 0 ? written.weight : 0;
}

function keyOf({ host, subset }: Destination): string {
  return `${host} ${subset ?? ''}`;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** True for an Istio VirtualService of any version. */
export function isVirtualService({ apiVersion, kind }: Pick<KubeObject, 'apiVersion' | 'kind'>): boolean {
  return kind === 'VirtualService' && apiVersion.startsWith('networking.istio.io/');
}
