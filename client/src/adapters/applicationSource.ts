import type { ArgoApplication } from '../cluster/argoApplication.ts';
import { Failure } from '../cluster/failure.ts';
import type { KubeApi } from '../cluster/kubeApi.ts';
import type { ManifestDocument } from '../delivery/manifest.ts';
import { type ApplicationTools, applicationManifests } from './applicationManifests.ts';
import { type ClusterCapabilities, clusterCapabilities } from './clusterCapabilities.ts';
import { type GitRepository, gitRepository, isSameRepository } from './gitRepository.ts';

/** The source of an application as a clone of its repository has it. */
export interface LocalSource {
  readonly documents: readonly ManifestDocument[];
  readonly repository: GitRepository;
}

/**
 * Finds the clone of an application's repository that one of the folders lies in, and makes the manifests of all its
 * sources for the cluster that it is deployed to. Throws `unsupported` where no folder has the source or its manifests
 * cannot be made here, with the reason.
 */
export async function applicationSource(
  application: ArgoApplication,
  folders: readonly string[],
  api: KubeApi,
  tools: Omit<ApplicationTools, keyof ClusterCapabilities>,
  signal: AbortSignal,
): Promise<LocalSource> {
  const { destination, source, sourceHydrator, sources } = application.spec ?? {};
  if (sourceHydrator) throw new Failure('unsupported', 'Argo CD renders its source into another branch first.');
  const all = sources?.length ? sources : source ? [source] : [];
  const chart = all.find((each) => each.chart !== undefined && each.chart !== '');
  if (chart) throw new Failure('unsupported', `Its chart ${chart.chart} comes from ${chart.repoURL}.`);
  const made = all.filter(({ path }) => path !== undefined && path !== '');
  if (made.length === 0) throw new Failure('unsupported', 'Its source names no path.');
  const repository = await cloneOf(
    made.map(({ repoURL = '' }) => repoURL),
    folders,
    signal,
  );
  const forCluster = { ...tools, ...(await clusterCapabilities(api, signal)) };
  const place = { name: application.metadata.name, namespace: destination?.namespace ?? 'default' };
  const documents: ManifestDocument[] = [];
  for (const each of made) {
    documents.push(...(await applicationManifests(each, place, repository.root, forCluster, signal)));
  }
  return { documents, repository };
}

async function cloneOf(
  addresses: readonly string[],
  folders: readonly string[],
  signal: AbortSignal,
): Promise<GitRepository> {
  for (const folder of folders) {
    const repository = await gitRepository(folder, signal);
    const isOfAll = addresses.every((address) =>
      repository?.remotes.some((remote) => isSameRepository(remote, address)),
    );
    if (repository && isOfAll) return repository;
  }
  const named = [...new Set(addresses)].join(' and ');
  throw new Failure('unsupported', `No folder of this workspace is a clone of ${named}.`);
}
