import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../cluster/failure.ts';
import { type ManifestDocument, parseManifest } from '../delivery/manifest.ts';
import { buildKustomization, type KustomizeTools, kustomizationIn } from './kustomizeBuild.ts';

/**
 * The objects that a path stands for: those of a file; of a folder with a kustomization, what it builds; of any other
 * folder, those of the YAML and JSON files directly in it. A file of a folder that is no manifest is passed over; a
 * named one has to be one.
 */
export async function readManifests(
  path: string,
  tools: KustomizeTools,
  signal: AbortSignal,
): Promise<ManifestDocument[]> {
  const readText = tools.readText ?? ((file: string) => readFile(file, 'utf8'));
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new Failure('not-found', `${path} cannot be read.`, { said: error.message, places: [{ file: path }] });
  });
  if (!found.isDirectory()) {
    if (/^kustomization(?:\.ya?ml)?$/i.test(path.split(/[/\\]/).at(-1) ?? '')) {
      return buildKustomization(join(path, '..'), tools, signal);
    }
    return nonEmpty(path, parseManifest(path, await readText(path)));
  }
  if ((await kustomizationIn(path)) !== undefined) return buildKustomization(path, tools, signal);
  const entries = await readdir(path, { withFileTypes: true });
  if (entries.some(({ name }) => name === 'Chart.yaml')) {
    throw new Failure('unsupported', `${path} is a Helm chart, whose templates are no manifests.`, {
      advice: 'Deploy it as a release.',
      places: [{ file: join(path, 'Chart.yaml') }],
    });
  }
  const names = entries.filter((entry) => entry.isFile() && /\.(?:ya?ml|json)$/i.test(entry.name));
  const documents: ManifestDocument[] = [];
  for (const { name } of names.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = join(path, name);
    const text = await readText(file);
    if (/^\s*"?apiVersion"?\s*:/m.test(text)) documents.push(...parseManifest(file, text));
  }
  return nonEmpty(path, documents);
}

function nonEmpty(path: string, documents: ManifestDocument[]): ManifestDocument[] {
  if (documents.length > 0) return documents;
  throw new Failure('not-found', `${path} holds no Kubernetes object.`, { places: [{ file: path }] });
}
