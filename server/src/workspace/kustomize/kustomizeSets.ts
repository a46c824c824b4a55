import { SourceNode } from '../../text/sourceNode.ts';
import type { DocumentSet } from '../documentSets.ts';
import type { Resource } from '../resource.ts';
import { type Accumulation, accumulate, type Dependencies } from './buildKustomization.ts';
import { type BuildObject, builtResource } from './buildObject.ts';
import { pathUsesOf, type WorkspaceFiles } from './kustomizationFile.ts';
import { followNames } from './nameReferences.ts';
import { textAt } from './sourceTree.ts';
import { replaceVariables } from './variables.ts';

const KUSTOMIZATION = 'kustomize/Kustomization';

/**
 * The sets that Kustomize builds: one for each kustomization that no other one includes, with every object as the overlay
 * makes it. Every file that a kustomization names is taken out of the plain manifests; patch files are no resources at
 * all.
 *
 * A build is kept until one of the files that it read changes.
 */
export function kustomizeSets(
  resources: readonly Resource[],
  files: WorkspaceFiles,
): { sets: DocumentSet[]; rest: Resource[] } {
  const kustomizations = resources.filter(({ type }) => type === KUSTOMIZATION);
  if (kustomizations.length === 0) return { sets: [], rest: [...resources] };
  const claimed = new Set<string>();
  const included = new Set<string>();
  for (const kustomization of kustomizations) {
    claimed.add(kustomization.uri);
    for (const { field, target } of pathUsesOf(kustomization.root, files)) {
      if (target.status === 'kustomization') included.add(target.uri);
      else if (target.status === 'file' && !(field.endsWith('Generator') && isManifest(target.uri, files))) {
        claimed.add(target.uri);
      }
    }
  }
  const sets: DocumentSet[] = [];
  const built = new Set<string>();
  const build = (kustomization: Resource): void => {
    const set = setOf(kustomization, files);
    sets.push(set);
    for (const { type, uri } of set.resources) if (type === KUSTOMIZATION) built.add(uri);
  };
  for (const kustomization of kustomizations) if (!included.has(kustomization.uri)) build(kustomization);
  // Those that are left include each other in a circle.
  for (const kustomization of kustomizations) if (!built.has(kustomization.uri)) build(kustomization);
  return { sets, rest: resources.filter(({ uri }) => !claimed.has(uri)) };
}

/** A manifest that a generator puts into a ConfigMap may be deployed too. */
function isManifest(uri: string, files: WorkspaceFiles): boolean {
  return (files.get(uri)?.facts.resources.length ?? 0) > 0;
}

interface KnownBuild {
  readonly dependencies: Dependencies;
  readonly set: DocumentSet;
}

const known = new WeakMap<Resource, KnownBuild>();

function setOf(kustomization: Resource, files: WorkspaceFiles): DocumentSet {
  const before = known.get(kustomization);
  if (before && [...before.dependencies].every(([uri, file]) => files.get(uri) === file)) return before.set;
  const dependencies: Dependencies = new Map();
  const built = accumulate(kustomization, { files, dependencies, building: [] });
  followNames(built.objects, built.configuration.nameReference, kustomization.root);
  replaceVariables(built.objects, built.variables, built.configuration.varReference);
  const set: DocumentSet = {
    id: `kustomize:${folderOf(kustomization)}`,
    resources: [
      ...built.kustomizations,
      ...built.definitions.map((definition) => ({ ...definition })),
      ...objectsOf(built, kustomization),
    ],
    ...(built.incomplete ? { incomplete: true } : {}),
  };
  known.set(kustomization, { dependencies, set });
  return set;
}

function objectsOf({ objects }: Accumulation, by: Resource): Resource[] {
  return objects
    .filter((object) => textAt(object.tree, 'metadata', 'annotations', 'config.kubernetes.io/local-config') !== 'true')
    .map((object) => finished(object, by));
}

const finishedObjects = new WeakMap<Resource, WeakMap<BuildObject['tree'], Resource>>();

/** One and the same resource as long as nothing of it changed, so that what is known of it stays known. */
function finished(object: BuildObject, by: Resource): Resource {
  let known = finishedObjects.get(by);
  if (!known) {
    known = new WeakMap();
    finishedObjects.set(by, known);
  }
  const before = known.get(object.tree);
  if (before && before.uri === object.written.uri) return before;
  const resource = finish(object, by);
  known.set(object.tree, resource);
  return resource;
}

function finish(object: BuildObject, by: Resource): Resource {
  const { written, tree, files, patched, initial } = object;
  const generated = written.root.derived;
  const built = { written: generated ? undefined : written.root, files, patched, by };
  if (tree === initial) return { ...written, built };
  const { source, base } = tree.origin;
  return { ...builtResource(object, new SourceNode(source, tree, base)), built };
}

function folderOf({ uri }: Resource): string {
  return uri.slice(0, uri.lastIndexOf('/') + 1);
}
