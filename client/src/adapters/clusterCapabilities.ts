import { Failure } from '../cluster/failure.ts';
import type { KubeApi } from '../cluster/kubeApi.ts';
import { apiVersionOf } from '../cluster/resourceType.ts';

/** What charts may ask of a cluster. */
export interface ClusterCapabilities {
  /** The minor version of Kubernetes 1; undefined where the server does not say. */
  readonly kubernetesMinor: number | undefined;
  /** `apps/v1` and `apps/v1/Deployment`. */
  readonly apiVersions: readonly string[];
}

/** Reads what charts may ask of a cluster, so that they are rendered as for a release there. */
export async function clusterCapabilities(api: KubeApi, signal: AbortSignal): Promise<ClusterCapabilities> {
  const types = await api.discovery(signal);
  const minor = await kubernetesMinor(api, signal);
  const apiVersions = types.flatMap((type) => [apiVersionOf(type), `${apiVersionOf(type)}/${type.kind}`]);
  return { kubernetesMinor: minor, apiVersions: [...new Set(apiVersions)] };
}

async function kubernetesMinor(api: KubeApi, signal: AbortSignal): Promise<number | undefined> {
  try {
    const version = (await api.get('/version', signal)) as unknown as { readonly minor?: string };
    // Some providers write `31+`.
    const minor = Number.parseInt(version.minor ?? '', 10);
    return Number.isNaN(minor) ? undefined : minor;
  } catch (error) {
    const isUntold = error instanceof Failure && (error.kind === 'forbidden' || error.kind === 'not-found');
    if (!isUntold) throw error;
    return undefined;
  }
}
