import type { KubeApi } from '../../cluster/kubeApi.ts';
import { versionName } from './canary.ts';
import type { ClusterCanary } from './clusterCanary.ts';
import { type MetricsSource, measureVersion } from './measureVersion.ts';
import { type AnalysisThresholds, type AnalysisVerdict, compareVersions } from './versionAnalysis.ts';
import { versionWorkloads } from './versionWorkloads.ts';

/** Measures both versions of a canary over the same time and compares them. Throws a `Failure` where one cannot be measured. */
export async function compareCanary(
  api: KubeApi,
  source: MetricsSource,
  { canary, route: { namespace }, stable }: ClusterCanary,
  { thresholds, windowSeconds }: { readonly thresholds: AnalysisThresholds; readonly windowSeconds: number },
  signal: AbortSignal,
): Promise<AnalysisVerdict> {
  const [before, after] = await Promise.all(
    [stable, canary].map(async (version) =>
      measureVersion(source, await versionWorkloads(api, version, namespace, signal), windowSeconds, signal),
    ),
  );
  return compareVersions(before!, after!, { stable: versionName(stable), canary: versionName(canary) }, thresholds);
}
