import { Failure } from '../cluster/failure.ts';
import type { KubeApi } from '../cluster/kubeApi.ts';
import type { ManifestDocument } from '../delivery/manifest.ts';
import { releaseDocuments } from '../delivery/release/releaseDocuments.ts';
import { clusterCapabilities } from './clusterCapabilities.ts';
import { renderPlain } from './helmRenderer.ts';
import type { KustomizeTools } from './kustomizeBuild.ts';
import { readManifests } from './manifestFiles.ts';

/** What of the workspace is compared with a cluster: a folder of manifests or an overlay, or a chart as one release. */
export type DriftSource =
  | { readonly kind: 'folder'; readonly path: string }
  | {
      readonly kind: 'chart';
      readonly path: string;
      readonly releaseName: string;
      readonly valuesFiles: readonly string[];
    };

/** What the sources are read with. */
export interface DriftTools extends KustomizeTools {
  /** The program that renders charts. */
  readonly helm: string;
}

/**
 * The objects of a source: those of the files, what a kustomization builds, or what `helm` renders of a chart for this
 * cluster. Throws as reading manifests does, `tool-missing` without helm, and `invalid` in Helm's own words.
 */
export async function readDriftSource(
  source: DriftSource,
  { api, namespace }: { readonly api: KubeApi; readonly namespace: string },
  tools: DriftTools,
  signal: AbortSignal,
): Promise<ManifestDocument[]> {
  if (source.kind === 'folder') return readManifests(source.path, tools, signal);
  if (!tools.trusted) {
    throw new Failure('untrusted', `Helm is not run here, so ${source.path} cannot be rendered.`, {
      advice: 'Trust this workspace to let the program run.',
    });
  }
  const { apiVersions, kubernetesMinor } = await clusterCapabilities(api, signal);
  const { failure, output } = await renderPlain(
    {
      chartFolder: source.path,
      valuesFiles: source.valuesFiles,
      releaseName: source.releaseName,
      namespace,
      kubernetesMinor,
      command: tools.helm,
      environment: tools.environment,
      moreArguments: apiVersions.flatMap((version) => ['--api-versions', version]),
    },
    signal,
  );
  if (failure === undefined) return releaseDocuments(output, source.path);
  throw new Failure('invalid', `Helm cannot render ${source.path}.`, { said: failure });
}
