import { Failure } from '../../cluster/failure.ts';
import type { KubeApi } from '../../cluster/kubeApi.ts';
import type { KubeObject } from '../../cluster/kubeObject.ts';
import { collectionPath, wellKnownTypes } from '../../cluster/resourceType.ts';
import type { DividingKind } from './dividingRoute.ts';

/** An object that divides traffic, by its name in a namespace. */
export interface RouteReference {
  readonly namespace: string;
  readonly kind: DividingKind;
  readonly name: string;
}

/** How the plugins of Argo Rollouts name the routes that they write: one by a text, several as a list of objects. */
const PLUGIN_FIELDS: Readonly<Record<DividingKind, readonly string[]>> = {
  VirtualService: [],
  HTTPRoute: ['httpRoute', 'httpRoutes'],
  GRPCRoute: ['grpcRoute', 'grpcRoutes'],
};

/** True when the controller of Argo Rollouts writes the weights of this route, by its own Istio support or a plugin. */
export function keepsRoute(rollout: KubeObject, { kind, name, namespace }: RouteReference): boolean {
  const spec = rollout['spec'] as { strategy?: { canary?: { trafficRouting?: unknown } } } | undefined;
  const { istio, plugins } = mapOf(spec?.strategy?.canary?.trafficRouting);
  const home = rollout.metadata.namespace ?? namespace;
  if (kind === 'VirtualService') {
    const { virtualService, virtualServices } = mapOf(istio);
    return namesIn([virtualService, virtualServices]).some((written) => {
      const short = written.replace(/\.cluster\.local$/, '');
      return short === `${name}.${namespace}` || (short === name && home === namespace);
    });
  }
  return Object.values(mapOf(plugins)).some((plugin) => {
    const settings = mapOf(plugin);
    const place = typeof settings['namespace'] === 'string' ? settings['namespace'] : home;
    return place === namespace && namesIn(PLUGIN_FIELDS[kind].map((field) => settings[field])).includes(name);
  });
}

/**
 * Throws `conflict` where an Argo Rollout keeps the weights of a route: whatever is written there is taken back by its
 * controller. Where Rollouts are not served or may not be listed there is nothing to say.
 */
export async function requireUnkept(api: KubeApi, route: RouteReference, signal: AbortSignal): Promise<void> {
  let rollouts: readonly KubeObject[];
  try {
    rollouts = (await api.list(collectionPath(wellKnownTypes.rollouts, route.namespace), {}, signal)).items;
  } catch (error) {
    if (error instanceof Failure && (error.kind === 'not-found' || error.kind === 'forbidden')) return;
    throw error;
  }
  refuseKept(route, rollouts);
}

/** Throws `conflict` where one of these Rollouts keeps the weights of a route. */
export function refuseKept(route: RouteReference, rollouts: readonly KubeObject[]): void {
  const keeper = rollouts.find((rollout) => keepsRoute(rollout, route));
  if (!keeper) return;
  const { name, namespace = route.namespace } = keeper.metadata;
  throw new Failure(
    'conflict',
    `Rollout ${namespace}/${name} keeps the weights of ${route.kind} ${route.namespace}/${route.name}.`,
    { advice: 'Promote or abort the Rollout instead: its controller would take any other change back.' },
  );
}

/** The names in texts, objects with a name, and lists of either. */
function namesIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(namesIn);
  const { name } = mapOf(value);
  return typeof name === 'string' ? [name] : [];
}

function mapOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
