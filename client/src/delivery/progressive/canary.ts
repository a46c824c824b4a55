import type { KubeObject } from '../../cluster/kubeObject.ts';
import type { FieldChange } from '../manifestEdit.ts';
import { type Destination, routesOf } from './dividingRoute.ts';

/** A route that divides its traffic between the two versions. */
export interface DividedRoute {
  /** Where its ends stand in the object. */
  readonly path: readonly (string | number)[];
  /** Positions of the two destinations within the route. */
  readonly stable: number;
  readonly canary: number;
  /** The canary's share in percent. */
  readonly percent: number;
}

/** Two versions that share the routes of an object. */
export interface Canary {
  readonly stable: Destination;
  readonly canary: Destination;
  readonly routes: readonly DividedRoute[];
  /** The canary's share where all routes agree. */
  readonly percent: number | undefined;
}

/**
 * The canaries that a VirtualService or a route of the Gateway API holds: one for each pair of versions between which
 * routes divide. Routes to one destination (for testers, say) and routes to three or more are not moved. Which of the two
 * is the canary is a presumption; `turned` gives the other reading.
 */
export function canariesOf(object: KubeObject): readonly Canary[] {
  const pairs = new Map<string, { stable: Destination; canary: Destination; routes: DividedRoute[] }>();
  for (const { ends, path } of routesOf(object)) {
    const [first, second] = ends;
    if (ends.length !== 2 || !first?.destination || !second?.destination) continue;
    const [one, other] = [first.destination, second.destination];
    if (keyOf(one) === keyOf(other)) continue;
    const key = [keyOf(one), keyOf(other)].sort().join(' ');
    const weights = [first.weight, second.weight] as const;
    const known = pairs.get(key);
    const canaryFirst = known ? keyOf(known.canary) === keyOf(one) : isCanary(one, other, weights);
    const pair = known ?? { stable: canaryFirst ? other : one, canary: canaryFirst ? one : other, routes: [] };
    pairs.set(key, pair);
    const total = weights[0] + weights[1];
    const canary = canaryFirst ? 0 : 1;
    const percent = total === 0 ? 0 : Math.round((weights[canary] / total) * 100);
    pair.routes.push({ path, stable: 1 - canary, canary, percent });
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
export function canaryBetween(object: KubeObject, stable: Destination, canary: Destination): Canary | undefined {
  return canariesOf(object)
    .flatMap((found) => [found, turned(found)])
    .find((found) => keyOf(found.stable) === keyOf(stable) && keyOf(found.canary) === keyOf(canary));
}

/** A version in words: its subset, or its host where it has none. */
export function versionName({ host, subset }: Destination): string {
  return subset ?? host.split('.')[0] ?? host;
}

/** The JSON patch that gives the canary its share on every route that divides. Refused where the object has changed since. */
export function weightPatch(object: KubeObject, { routes }: Canary, percent: number): object[] {
  const at = ({ path }: DividedRoute, index: number): string => `/${[...path, index, 'weight'].join('/')}`;
  return [
    { op: 'test', path: '/metadata/resourceVersion', value: object.metadata.resourceVersion },
    ...routes.flatMap((route) => [
      { op: 'add', path: at(route, route.stable), value: 100 - percent },
      { op: 'add', path: at(route, route.canary), value: percent },
    ]),
  ];
}

/** The same as changes of the file that the object is written in. */
export function weightChanges({ routes }: Canary, documentIndex: number, percent: number): FieldChange[] {
  return routes.flatMap(({ canary, path, stable }) => [
    { documentIndex, path: [...path, stable, 'weight'], value: 100 - percent },
    { documentIndex, path: [...path, canary, 'weight'], value: percent },
  ]);
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

function keyOf({ host, subset }: Destination): string {
  return `${host} ${subset ?? ''}`;
}
