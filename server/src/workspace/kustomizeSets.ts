import type { SourceNode } from '../text/sourceNode.ts';
import type { DocumentSet } from './documentSets.ts';
import { folderOf } from './documentSets.ts';
import type { Resource } from './resource.ts';

/**
 * The sets that Kustomize builds: one for each kustomization that no other one includes. Every file that a
 * kustomization lists is taken out of the plain manifests; patch files are no resources at all.
 */
export function kustomizeSets(resources: readonly Resource[]): { sets: DocumentSet[]; rest: Resource[] } {
  const kustomizations = new Map<string, Resource>();
  for (const resource of resources) {
    if (resource.type === 'kustomize/Kustomization') kustomizations.set(folderOf(resource), resource);
  }
  if (kustomizations.size === 0) return { sets: [], rest: [...resources] };

  const byUri = new Map<string, Resource[]>();
  for (const resource of resources) {
    const members = byUri.get(resource.uri);
    if (members) members.push(resource);
    else byUri.set(resource.uri, [resource]);
  }
  const claimed = new Set<string>();
  const included = new Set<string>();
  for (const [folder, { root, uri }] of kustomizations) {
    claimed.add(uri);
    for (const path of [...listed(root), ...patchPaths(root)]) {
      const target = resolvePath(folder, path);
      if (kustomizations.has(`${target}/`)) included.add(`${target}/`);
      else claimed.add(target);
    }
  }
  const sets: DocumentSet[] = [];
  for (const [folder] of kustomizations) {
    if (included.has(folder)) continue;
    sets.push({ id: `kustomize:${folder}`, resources: build(folder, kustomizations, byUri, new Set()) });
  }
  return { sets, rest: resources.filter((resource) => !claimed.has(resource.uri)) };
}

function build(
  folder: string,
  kustomizations: ReadonlyMap<string, Resource>,
  byUri: ReadonlyMap<string, readonly Resource[]>,
  visited: Set<string>,
): Resource[] {
  const kustomization = kustomizations.get(folder);
  if (!kustomization || visited.has(folder)) return [];
  visited.add(folder);
  const members: Resource[] = [kustomization];
  for (const path of listed(kustomization.root)) {
    const target = resolvePath(folder, path);
    if (kustomizations.has(`${target}/`)) members.push(...build(`${target}/`, kustomizations, byUri, visited));
    else for (const resource of byUri.get(target) ?? []) members.push({ ...resource });
  }
  const namespace = kustomization.root.text('namespace');
  if (namespace === undefined) return members;
  return members.map((member) => (member.namespace === '' ? member : { ...member, namespace }));
}

function listed(root: SourceNode): string[] {
  return ['resources', 'bases', 'components', 'crds'].flatMap(
    (field) => root.find(field)?.items.flatMap((item) => item.text() ?? []) ?? [],
  );
}

function patchPaths(root: SourceNode): string[] {
  const merges = root.find('patchesStrategicMerge')?.items.flatMap((item) => item.text() ?? []) ?? [];
  const patches = ['patches', 'patchesJson6902'].flatMap(
    (field) => root.find(field)?.items.flatMap((item) => item.text('path') ?? []) ?? [],
  );
  const others = ['configurations', 'transformers', 'generators', 'validators'].flatMap(
    (field) => root.find(field)?.items.flatMap((item) => item.text() ?? []) ?? [],
  );
  return [...merges, ...patches, ...others].filter((path) => !path.includes('\n'));
}

function resolvePath(folder: string, path: string): string {
  if (/^[a-z]+:\/\/|^git@|\?ref=/.test(path)) return path;
  return new URL(path.replace(/\/+$/, ''), folder).href;
}
