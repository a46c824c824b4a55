import { Failure } from '../../cluster/failure.ts';
import type { KubeApi } from '../../cluster/kubeApi.ts';
import { objectPath } from '../../cluster/resourceType.ts';
import { type Canary, canaryBetween, versionName, weightPatch } from './canary.ts';
import { type Destination, dividingType } from './dividingRoute.ts';
import type { RouteReference } from './keepingRollout.ts';
import type { CanaryRoutes } from './runCanary.ts';
import { versionWorkloads } from './versionWorkloads.ts';

/** A canary in a cluster. */
export interface ClusterCanary {
  /** The object whose routes divide. */
  readonly route: RouteReference;
  readonly stable: Destination;
  readonly canary: Destination;
}

/** How often a write is tried anew when somebody else changed the object in the same moment. */
const attempts = 3;

/** The routes of an object in the cluster, moved by live patches. */
export function clusterRoutes(api: KubeApi, target: ClusterCanary): CanaryRoutes {
  const { kind, name, namespace } = target.route;
  const path = objectPath(dividingType(kind), namespace, name);
  const read = async (signal: AbortSignal) => {
    const object = await api.get(path, signal);
    const canary = canaryBetween(object, target.stable, target.canary);
    if (!canary) {
      const versions = `${versionName(target.stable)} and ${versionName(target.canary)}`;
      throw new Failure('conflict', `${kind} ${namespace}/${name} no longer divides between ${versions}.`);
    }
    return { object, canary };
  };
  return {
    read: async (signal) => (await read(signal)).canary.percent,
    write: async (percent, signal) => {
      for (let attempt = 1; ; attempt += 1) {
        const { canary, object } = await read(signal);
        if (canary.percent === percent) return;
        try {
          await api.patch(path, weightPatch(object, canary, percent), { type: 'json' }, signal);
          return;
        } catch (error) {
          const raced = error instanceof Failure && (error.kind === 'conflict' || error.kind === 'invalid');
          if (!raced || attempt === attempts) throw error;
        }
      }
    },
  };
}

/** Throws unless both versions have pods that serve: traffic to a version without pods fails. */
export async function requireServing(
  api: KubeApi,
  namespace: string,
  { canary, stable }: Pick<Canary, 'canary' | 'stable'>,
  signal: AbortSignal,
): Promise<void> {
  for (const version of [stable, canary]) {
    const { available, names } = await versionWorkloads(api, version, namespace, signal);
    if (available > 0) continue;
    const found =
      names.length === 0 ? 'No Deployment carries its labels.' : `${names.join(', ')} has no available pod.`;
    throw new Failure('conflict', `Version ${versionName(version)} of ${version.host} serves nothing yet. ${found}`, {
      advice: 'Deploy it and wait until its pods are ready.',
    });
  }
}
