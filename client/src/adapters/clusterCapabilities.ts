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
  const version = (await api.get('/version', signal)) as unknown as { readonly minor?: string };
  // Some providers write `31+`.
  const minor = Number.parseInt(version.minor ?? '', 10);
  const apiVersions = types.flatMap((type) => [apiVersionOf(type), `${apiVersionOf(type)}/${type.kind}`]);
  return { kubernetesMinor: Number.isNaN(minor) ? undefined : minor, apiVersions: [...new Set(apiVersions)] };
}
