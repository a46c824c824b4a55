import { isApplicationFile } from './applications/applicationFiles.ts';
import type { WorkspaceFiles } from './kustomize/kustomizationFile.ts';
import { kustomizeSets } from './kustomize/kustomizeSets.ts';
import type { Resource } from './resource.ts';
import { UnitIndex } from './unitIndex.ts';

/**
 * Resources that are deployed together and may therefore answer each other: one Helm chart, one Kustomize overlay, or
 * the plain manifests of one folder tree.
 */
export interface DocumentSet {
  /** `helm:`, `kustomize:` or `plain:` and the URI of the folder; `file:` and the URI of a file that is deployed with none. */
  readonly id: string;
  readonly resources: readonly Resource[];
  /** The set has objects that no file here shows: nothing can be said to be missing from it. */
  readonly incomplete?: boolean;
}

/** The sets of one state of the workspace, and what the next state needs to take over those that it leaves alone. */
export interface Partition {
  readonly sets: readonly DocumentSet[];
  readonly plain: PlainManifests;
}

/** Manifests that neither a chart nor Kustomize deploys, and the sets that they were parted into. */
interface PlainManifests {
  readonly resources: readonly Resource[];
  readonly sets: readonly DocumentSet[];
}

/**
 * Parts the workspace's resources into sets; each resource of the result lies in exactly one. The result is the same
 * with and without `before`, the partition of an earlier state.
 */
export function documentSets(
  resources: readonly Resource[],
  files: WorkspaceFiles,
  before: Partition | undefined,
): Partition {
  const charts = outermostFolders(resources.filter((resource) => resource.type === 'helm/Chart').map(folderOf));
  const inCharts = new Map<string, Resource[]>(charts.map((chart) => [chart, []]));
  const outside: Resource[] = [];
  const alone: Resource[] = [];
  for (const resource of resources) {
    const chart = charts.find((folder) => resource.uri.startsWith(folder));
    // Settings, and a chart's files without their chart, belong to no deployment; sets of their own keep folders apart
    // that nothing else joins.
    const isAlone = chart === undefined && resource.type.startsWith('helm/');
    if (isAlone || isApplicationFile(resource.type) || resource.type === 'slipway/Configuration') alone.push(resource);
    else if (chart === undefined) outside.push(resource);
    else inCharts.get(chart)!.push(resource);
  }
  const { sets, rest } = kustomizeSets(outside, files);
  const plain = { resources: rest, sets: keptSets(rest, before?.plain) ?? plainSets(rest) };
  return {
    sets: [
      ...[...inCharts].map(([folder, members]) => ({ id: `helm:${folder}`, resources: members })),
      ...sets,
      ...plain.sets,
      ...alone.map((resource) => ({ id: `file:${resource.uri}`, resources: [resource] })),
    ],
    plain,
  };
}

/**
 * The sets of before with what was edited in its old place; undefined where a resource came, went, or changed what the
 * partition goes by.
 */
function keptSets(
  resources: readonly Resource[],
  before: PlainManifests | undefined,
): readonly DocumentSet[] | undefined {
  if (resources.length !== before?.resources.length) return undefined;
  const edited = new Map<Resource, Resource>();
  for (const [index, resource] of resources.entries()) {
    const old = before.resources[index]!;
    if (resource === old) continue;
    if (!standsAs(resource, old)) return undefined;
    edited.set(old, resource);
  }
  if (edited.size === 0) return before.sets;
  return before.sets.map((set) =>
    set.resources.some((resource) => edited.has(resource))
      ? { ...set, resources: set.resources.map((resource) => edited.get(resource) ?? resource) }
      : set,
  );
}

/** Both are the same to whoever parts manifests into sets or looks them up by name. */
export function standsAs(a: Resource, b: Resource): boolean {
  return (
    a.uri === b.uri &&
    a.type === b.type &&
    a.name === b.name &&
    a.namespace === b.namespace &&
    a.apiVersion === b.apiVersion
  );
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
  const sets: DocumentSet[] = [];
  const whole = resources.filter(({ uri }) => !PATCH_FILE.test(uri));
  const variants = variantFiles(whole);
  for (const [uri, members] of variants) sets.push({ id: `file:${uri}`, resources: members, incomplete: true });
  for (const resource of whole) {
    if (variants.has(resource.uri)) continue;
    const folder = folderOf(resource);
    const members = byFolder.get(folder);
    if (members) members.push(resource);
    else byFolder.set(folder, [resource]);
  }
  const units = new UnitIndex();
  for (const [folder, members] of [...byFolder].sort(([a], [b]) => depth(a) - depth(b) || (a < b ? -1 : 1))) {
    const objects = new Set(members.flatMap((member) => objectId(member) ?? []));
    const namespaces = new Set(members.flatMap((member) => (isNamespaced(member) ? member.namespace! : [])));
    const host = units.related(folder, namespaces).find((candidate) => disjoint(candidate.objects, objects));
    units.add(folder, members, objects, namespaces, host);
  }
  const folders = units.all.map(({ folder, resources: members }) => ({ id: `plain:${folder}`, resources: members }));
  return [...folders, ...sets];
}

/** Files that say by their name, or that of their folder, that they only change an object: `cart-patch.yaml`, `patches/`. */
const PATCH_FILE = /(?:[-_./]patch(?:es)?[-_.][^/]*|\/patches\/.*)$/i;

/**
 * The files of folders that collect examples or variants, each for itself: several define the same objects. Two files with one
 * object in common are a slip, and stay together, so that it is found.
 */
function variantFiles(resources: readonly Resource[]): ReadonlyMap<string, readonly Resource[]> {
  const homes = new Map<string, Set<string>>();
  for (const resource of resources) {
    const id = objectId(resource);
    if (id === undefined) continue;
    const key = `${folderOf(resource)} ${id}`;
    homes.set(key, (homes.get(key) ?? new Set()).add(resource.uri));
  }
  const byFolder = new Map<string, Set<string>>();
  for (const files of homes.values()) {
    if (files.size === 1) continue;
    for (const uri of files) byFolder.set(folderOf({ uri }), (byFolder.get(folderOf({ uri })) ?? new Set()).add(uri));
  }
  const variants = new Map<string, Resource[]>();
  for (const files of byFolder.values()) if (files.size > 2) for (const uri of files) variants.set(uri, []);
  for (const resource of resources) variants.get(resource.uri)?.push(resource);
  return variants;
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
