import { kustomizeSets } from './kustomizeSets.ts';
import type { Resource } from './resource.ts';

/**
 * Resources that are deployed together and may therefore answer each other: one Helm chart, one Kustomize overlay, or
 * the plain manifests of one folder tree.
 */
export interface DocumentSet {
  /** `helm:`, `kustomize:`, `plain:` or `source:` and the URI of the folder. */
  readonly id: string;
  readonly resources: readonly Resource[];
}

/** Parts the workspace's resources into sets; each resource of the result lies in exactly one. */
export function documentSets(resources: readonly Resource[]): DocumentSet[] {
  const charts = outermostFolders(resources.filter((resource) => resource.type === 'helm/Chart').map(folderOf));
  const inCharts = new Map<string, Resource[]>(charts.map((chart) => [chart, []]));
  const outside: Resource[] = [];
  for (const resource of resources) {
    const chart = charts.find((folder) => resource.uri.startsWith(folder));
    if (chart === undefined) outside.push(resource);
    else inCharts.get(chart)!.push(resource);
  }
  const { sets, rest } = kustomizeSets(outside);
  return [
    ...[...inCharts].map(([folder, members]) => ({ id: `helm:${folder}`, resources: members })),
    ...sets,
    ...plainSets(rest),
  ];
}

/** The folder of a resource's file, with its trailing slash. */
export function folderOf(resource: { readonly uri: string }): string {
  return resource.uri.slice(0, resource.uri.lastIndexOf('/') + 1);
}

function outermostFolders(folders: readonly string[]): string[] {
  const sorted = [...new Set(folders)].sort();
  return sorted.filter((folder) => !sorted.some((other) => other !== folder && folder.startsWith(other)));
}

/**
 * Folders are joined when something says that they are deployed together, unless both define the same object: those
 * are two variants of one thing (a released copy, a second environment), and neither may answer for the other.
 */
function plainSets(resources: readonly Resource[]): DocumentSet[] {
  const byFolder = new Map<string, Resource[]>();
  for (const resource of resources) {
    const folder = folderOf(resource);
    const members = byFolder.get(folder);
    if (members) members.push(resource);
    else byFolder.set(folder, [resource]);
  }
  const units: Unit[] = [];
  for (const [folder, members] of [...byFolder].sort(([a], [b]) => depth(a) - depth(b) || (a < b ? -1 : 1))) {
    const unit: Unit = {
      folders: [folder],
      resources: members,
      objects: new Set(members.flatMap((member) => objectId(member) ?? [])),
      namespaces: new Set(members.flatMap((member) => (isNamespaced(member) ? member.namespace! : []))),
    };
    const host = units.find(
      (candidate) => belongTogether(candidate, unit) && disjoint(candidate.objects, unit.objects),
    );
    if (!host) {
      units.push(unit);
      continue;
    }
    host.folders.push(folder);
    host.resources.push(...members);
    for (const object of unit.objects) host.objects.add(object);
    for (const namespace of unit.namespaces) host.namespaces.add(namespace);
  }
  return units.map(({ folders: [first], resources: members }) => ({ id: `plain:${first}`, resources: members }));
}

interface Unit {
  readonly folders: string[];
  readonly resources: Resource[];
  readonly objects: Set<string>;
  readonly namespaces: Set<string>;
}

/** Names that people give to folders whose sub-folders are parts of one deployment. */
const DEPLOYMENT_FOLDER =
  /^(?:.*[-_.])?(?:k8s|kube|kubernetes|manifests?|deploy|deployments?|deployment|istio|mesh|infra|infrastructure|cluster|services|gitops)(?:[-_.].*)?$/i;

/** One folder lies in the other, they write the same namespace, or their names say that they are parts of one thing. */
function belongTogether(host: Unit, unit: Unit): boolean {
  for (const namespace of unit.namespaces) if (host.namespaces.has(namespace)) return true;
  const [folder] = unit.folders as [string];
  return host.folders.some((other) => {
    if (folder.startsWith(other)) return true;
    const common = commonFolder(folder, other);
    if (DEPLOYMENT_FOLDER.test(lastSegment(common))) return true;
    return [folder, other].every((path) => DEPLOYMENT_FOLDER.test(path.slice(common.length).split('/', 1)[0]!));
  });
}

/** `default` is what nobody chose; it joins nothing. */
function isNamespaced(resource: Resource): boolean {
  return (
    resource.namespace !== undefined &&
    resource.namespace !== '' &&
    resource.namespace !== 'default' &&
    resource.namespace !== 'kube-system'
  );
}

function depth(folder: string): number {
  return folder.split('/').length;
}

/** Both end with a slash, and so does what they share. */
function commonFolder(a: string, b: string): string {
  let index = 0;
  while (index < a.length && index < b.length && a[index] === b[index]) index++;
  return a.slice(0, a.lastIndexOf('/', index - 1) + 1);
}

function lastSegment(folder: string): string {
  return folder.split('/').at(-2) ?? '';
}

function disjoint(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  for (const object of small) if (large.has(object)) return false;
  return true;
}

/** What makes two definitions the same object for the API server; undefined for what is no Kubernetes object. */
export function objectId(resource: Resource): string | undefined {
  if (resource.apiVersion === '' || resource.name === undefined || resource.type.startsWith('kustomize/'))
    return undefined;
  return `${resource.type} ${resource.namespace ?? '*'} ${resource.name}`;
}
