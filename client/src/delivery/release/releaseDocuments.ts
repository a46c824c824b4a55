import { join } from 'node:path';
import type { KubeObject } from '../../cluster/kubeObject.ts';
import { isWorkload } from '../../cluster/workload.ts';
import type { WorkloadReference } from '../../cluster/workloadReference.ts';
import { type ManifestDocument, parseManifest } from '../manifest.ts';

/**
 * The objects of a release. Each points to the template that it comes from, by Helm's `# Source:` comments: the document
 * in the template is not known, so a failure leads to the file.
 */
export function releaseDocuments(manifest: string, chartFolder: string): ManifestDocument[] {
  return manifest.split(/^---\s*$/m).flatMap((text) => {
    const source = /^# Source: [^/\s]+\/(\S+)/m.exec(text)?.[1];
    const file = join(chartFolder, source ?? 'Chart.yaml');
    return parseManifest(file, text).map(({ object }) => ({ file, documentIndex: 0, object }));
  });
}

/** The workloads among the objects whose rollout can be watched, with the templates that they come from. */
export function workloadsOf(
  documents: readonly ManifestDocument[],
  namespace: string,
): { readonly workload: WorkloadReference; readonly file: string }[] {
  return documents.flatMap(({ file, object }) =>
    isWorkload(object) ? [{ workload: referenceOf(object, namespace), file }] : [],
  );
}

function referenceOf({ kind, metadata }: KubeObject, namespace: string): WorkloadReference {
  return { kind, namespace: metadata.namespace ?? namespace, name: metadata.name };
}
