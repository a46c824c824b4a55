import type { SourceNode } from '../../text/sourceNode.ts';
import type { Resource } from '../resource.ts';
import type { ResourceGraph } from '../resourceGraph.ts';

export const APPLICATION = 'argoproj.io/Application';
export const APPLICATION_SET = 'argoproj.io/ApplicationSet';
export const APP_PROJECT = 'argoproj.io/AppProject';

/** The `spec` of an Application, or the one that an ApplicationSet gives each of its Applications. */
export function applicationSpec({ root, type }: Resource): SourceNode | undefined {
  return type === APPLICATION ? root.find('spec') : root.find('spec', 'template', 'spec');
}

/** `source` or every one of `sources`. */
export function sourcesOf(spec: SourceNode | undefined): readonly SourceNode[] {
  const one = spec?.find('source');
  return [...(one ? [one] : []), ...(spec?.find('sources')?.items ?? [])];
}

/** Text that an ApplicationSet fills in for each Application. */
export function isParameter(text: string): boolean {
  return text.includes('{{');
}

/** A repository's URL in one spelling for all the ways to write it. */
export function repositoryName(url: string): string {
  return url
    .trim()
    .toLowerCase()
    .replace(/^git@([^:]+):/, 'https://$1/')
    .replace(/^ssh:\/\/(?:[\w-]+@)?/, 'https://')
    .replace(/(?:\.git)?\/?$/, '');
}

/** The folders of the workspace that are a repository's own root, by its name. */
export interface RepositoryRoots {
  readonly byRepository: ReadonlyMap<string, string>;
  /** Every folder that holds a resource, at any depth. */
  readonly folders: ReadonlySet<string>;
}

/**
 * Which repositories of Argo CD's Applications are this workspace: those of which the path of some Application is a folder
 * here, seen from the same folder above it.
 */
export function repositoryRoots(graph: ResourceGraph): RepositoryRoots {
  return graph.memo('argo repositories', () => {
    const folders = new Set<string>();
    for (const { uri } of graph.all()) {
      for (let end = uri.lastIndexOf('/'); end > 7; end = uri.lastIndexOf('/', end - 1)) {
        const folder = uri.slice(0, end + 1);
        if (folders.has(folder)) break;
        folders.add(folder);
      }
    }
    const votes = new Map<string, Map<string, number>>();
    for (const application of graph.all(APPLICATION)) {
      for (const source of sourcesOf(applicationSpec(application))) {
        const repository = source.text('repoURL');
        const path = source.text('path');
        if (repository === undefined || path === undefined || isParameter(path)) continue;
        // The root of a repository looks like every other folder: most workspaces are one repository.
        const above = /^\.?\/?$/.test(path) ? [commonFolder(graph)] : foldersAbove(application.uri);
        for (const root of above) {
          if (!folders.has(folderAt(root, path))) continue;
          const name = repositoryName(repository);
          const roots = votes.get(name) ?? new Map<string, number>();
          roots.set(root, (roots.get(root) ?? 0) + 1);
          votes.set(name, roots);
          break;
        }
      }
    }
    const byRepository = new Map<string, string>();
    for (const [name, roots] of votes) {
      const [best] = [...roots].sort((a, b) => b[1] - a[1] || a[0].length - b[0].length)[0]!;
      byRepository.set(name, best);
    }
    return { byRepository, folders };
  });
}

/** The folder of this workspace that a source deploys; undefined where it lives elsewhere or nobody can tell. */
export function sourceFolder(source: SourceNode, graph: ResourceGraph): string | undefined {
  const repository = source.text('repoURL');
  const path = source.text('path');
  if (repository === undefined || path === undefined || isParameter(path)) return undefined;
  const root = repositoryRoots(graph).byRepository.get(repositoryName(repository));
  return root === undefined ? undefined : folderAt(root, path);
}

/** The objects that an Application deploys from this workspace: those of the kustomization, or of the folder's manifests. */
export function deployedBy(application: Resource, graph: ResourceGraph): readonly Resource[] {
  const deployed = graph.memo('argo deployed objects', () => new Map<Resource, readonly Resource[]>());
  let found = deployed.get(application);
  if (!found) {
    found = sourcesOf(applicationSpec(application)).flatMap((source) => deployedFrom(source, graph));
    deployed.set(application, found);
  }
  return found;
}

function deployedFrom(source: SourceNode, graph: ResourceGraph): readonly Resource[] {
  const folder = sourceFolder(source, graph);
  if (folder === undefined) return [];
  const owner = ownerOf(folder, graph);
  if (owner)
    return graph.near(owner).filter(({ apiVersion, type }) => apiVersion !== '' && !type.includes('kustomize/'));
  const recurses = source.boolean('directory', 'recurse') === true;
  return graph
    .all()
    .filter(
      ({ apiVersion, uri }) =>
        apiVersion !== '' && uri.startsWith(folder) && (recurses || !uri.slice(folder.length).includes('/')),
    );
}

/** The kustomization or chart of a folder. */
export function ownerOf(folder: string, graph: ResourceGraph): Resource | undefined {
  const owners = graph.memo('argo folder owners', () => {
    const byFolder = new Map<string, Resource>();
    for (const owner of graph.all('kustomize/Kustomization', 'helm/Chart')) {
      const own = owner.uri.slice(0, owner.uri.lastIndexOf('/') + 1);
      // The set that a kustomization itself builds comes before those that include it.
      if (!byFolder.has(own) || graph.setOf(owner) === `kustomize:${own}`) byFolder.set(own, owner);
    }
    return byFolder;
  });
  return owners.get(folder);
}

/** The innermost folder that holds every resource: where a repository most probably begins. */
export function commonFolder(graph: ResourceGraph): string {
  return graph.memo('common folder', () => {
    let common: string | undefined;
    for (const { uri } of graph.all()) {
      const folder = uri.slice(0, uri.lastIndexOf('/') + 1);
      common ??= folder;
      while (!folder.startsWith(common)) common = common.slice(0, common.lastIndexOf('/', common.length - 2) + 1);
    }
    return common ?? '';
  });
}

function* foldersAbove(uri: string): Generator<string> {
  for (let end = uri.lastIndexOf('/'); end > 7; end = uri.lastIndexOf('/', end - 1)) yield uri.slice(0, end + 1);
}

function folderAt(root: string, path: string): string {
  const clean = path.replace(/^\.?\//, '').replace(/\/+$/, '');
  return clean === '' || clean === '.' ? root : `${root}${clean}/`;
}
