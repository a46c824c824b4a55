import { Failure } from '../../cluster/failure.ts';
import type { KubeApi } from '../../cluster/kubeApi.ts';
import { collectionPath, objectPath, wellKnownTypes } from '../../cluster/resourceType.ts';
import type { Workload } from '../../cluster/workload.ts';
import { versionName } from './canary.ts';
import type { Destination } from './dividingRoute.ts';
import { destinationRuleType, serviceType } from './progressiveTypes.ts';

/** The Deployments behind one version. */
export interface VersionWorkloads {
  readonly namespace: string;
  readonly names: readonly string[];
  /** Pods of them that serve. */
  readonly available: number;
}

/**
 * Finds the Deployments whose pods a destination reaches: those that carry the labels of the Service's selector and of the
 * subset. Throws `not-found` with what is missing. Hosts outside the cluster are `unsupported`.
 */
export async function versionWorkloads(
  api: KubeApi,
  destination: Destination,
  fromNamespace: string,
  signal: AbortSignal,
): Promise<VersionWorkloads> {
  const { name, namespace } = serviceOf(destination.host, fromNamespace);
  const service = await api.get(objectPath(serviceType, namespace, name), signal);
  const selector = (service['spec'] as { selector?: Record<string, string> } | undefined)?.selector ?? {};
  if (Object.keys(selector).length === 0) {
    throw new Failure(
      'unsupported',
      `Service ${namespace}/${name} selects no pods, so its versions cannot be told apart.`,
    );
  }
  const labels = { ...selector, ...(await subsetLabels(api, destination, { name, namespace, fromNamespace }, signal)) };
  const { items } = await api.list(collectionPath(wellKnownTypes.deployments, namespace), {}, signal);
  const found = (items as readonly Workload[]).filter((workload) =>
    Object.entries(labels).every(([key, value]) => workload.spec?.template?.metadata?.labels?.[key] === value),
  );
  return {
    namespace,
    names: found.map(({ metadata }) => metadata.name),
    available: found.reduce((sum, { status }) => sum + (status?.availableReplicas ?? 0), 0),
  };
}

async function subsetLabels(
  api: KubeApi,
  destination: Destination,
  service: { name: string; namespace: string; fromNamespace: string },
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  if (destination.subset === undefined) return {};
  for (const namespace of new Set([service.fromNamespace, service.namespace])) {
    const { items } = await api.list(collectionPath(destinationRuleType, namespace), {}, signal);
    for (const rule of items) {
      const spec = rule['spec'] as { host?: string; subsets?: { name?: string; labels?: Record<string, string> }[] };
      const host = spec.host === undefined ? undefined : serviceOf(spec.host, namespace);
      if (host?.name !== service.name || host.namespace !== service.namespace) continue;
      const subset = spec.subsets?.find(({ name }) => name === destination.subset);
      if (subset) return subset.labels ?? {};
    }
  }
  throw new Failure('not-found', `No DestinationRule of ${destination.host} has a subset ${versionName(destination)}.`);
}

/** The Service that a host names: `cart`, `cart.shop`, `cart.shop.svc.cluster.local`. */
function serviceOf(host: string, fromNamespace: string): { name: string; namespace: string } {
  const [name = host, namespace, svc] = host.split('.');
  if (namespace !== undefined && svc !== undefined && svc !== 'svc') {
    throw new Failure('unsupported', `${host} is no Service of the cluster.`);
  }
  return { name, namespace: namespace ?? fromNamespace };
}
