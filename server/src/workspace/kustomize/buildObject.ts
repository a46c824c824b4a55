import { isClusterScoped, kubernetesType } from '../../languages/yaml/kubernetesTypes.ts';
import type { Resource, ResourceType } from '../resource.ts';
import { type Tree, textAt, treeAt } from './sourceTree.ts';

/** What Kustomize tells objects apart by. */
export interface ObjectId {
  readonly kind: string;
  readonly name: string;
  /** `default` where none is written, as Kustomize counts it. */
  readonly namespace: string;
}

/** One object on its way through the builds. Only the build that holds it changes it; trees are shared. */
export interface BuildObject {
  /** The object as its file defines it, or as a generator made it. */
  readonly written: Resource;
  /** What stands in its file. */
  readonly initial: Tree;
  tree: Tree;
  /** What it was called before each change of its name, namespace or kind, oldest first. */
  previous: readonly ObjectId[];
  prefixes: readonly string[];
  suffixes: readonly string[];
  /** The files that wrote parts of it. */
  files: ReadonlySet<string>;
  /** A patch may have brought what its file lacks. */
  patched: boolean;
  /** Its name will carry a hash of its content, which stands in no file. */
  readonly hashed: boolean;
}

export function buildObject(written: Resource, hashed = false): BuildObject {
  const tree = initialTree(written);
  return {
    written,
    initial: tree,
    tree,
    previous: [],
    prefixes: [],
    suffixes: [],
    files: new Set([written.uri]),
    patched: false,
    hashed,
  };
}

const initialTrees = new WeakMap<Resource, Tree>();

/** The same tree for the same object, so that what was made of it before is found again. */
function initialTree(written: Resource): Tree {
  let tree = initialTrees.get(written);
  if (!tree) {
    tree = written.root.raw;
    initialTrees.set(written, tree);
  }
  return tree;
}

/** Groups whose kinds Kustomize knows, so that it knows which of them have no namespace. */
const KNOWN_GROUPS =
  /^(?:|policy|(?:admissionregistration|apiextensions|apiregistration|certificates|flowcontrol\.apiserver|networking|node|rbac\.authorization|scheduling|storage)\.k8s\.io)$/;

export function kindOf({ tree }: BuildObject): string {
  return textAt(tree, 'kind') ?? '';
}

export function groupOf({ tree }: BuildObject): string {
  const apiVersion = textAt(tree, 'apiVersion') ?? '';
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

export function versionOf({ tree }: BuildObject): string {
  const apiVersion = textAt(tree, 'apiVersion') ?? '';
  return apiVersion.slice(apiVersion.indexOf('/') + 1);
}

export function typeOf({ tree }: BuildObject): ResourceType {
  return kubernetesType(textAt(tree, 'apiVersion') ?? '', textAt(tree, 'kind') ?? '');
}

/** Kinds of custom resources count as namespaced: Kustomize cannot know better. */
export function isWithoutNamespace(object: BuildObject): boolean {
  return KNOWN_GROUPS.test(groupOf(object)) && isClusterScoped(typeOf(object));
}

export function currentId(object: BuildObject): ObjectId {
  const { tree } = object;
  return {
    kind: kindOf(object),
    name: textAt(tree, 'metadata', 'name') ?? '',
    namespace: isWithoutNamespace(object) ? '' : (textAt(tree, 'metadata', 'namespace') ?? 'default'),
  };
}

export function originalId(object: BuildObject): ObjectId {
  return object.previous[0] ?? currentId(object);
}

/** Current and previous ids. */
export function allIds(object: BuildObject): readonly ObjectId[] {
  return [...object.previous, currentId(object)];
}

export function rememberId(object: BuildObject): void {
  object.previous = [...object.previous, currentId(object)];
}

export function wroteInto(object: BuildObject, uri: string): void {
  if (!object.files.has(uri)) object.files = new Set([...object.files, uri]);
}

/** The object as a resource of the graph: what its file defines where nothing changed it. */
export function builtResource(object: BuildObject, root: Resource['root']): Resource {
  const { written, tree } = object;
  const type = typeOf(object);
  const namespace = treeAt(tree, 'metadata', 'namespace');
  return {
    type,
    kind: kindOf(object),
    apiVersion: textAt(tree, 'apiVersion') ?? '',
    name: textAt(tree, 'metadata', 'name'),
    namespace: isClusterScoped(type) ? '' : namespace && textAt(namespace),
    root,
    uri: written.uri,
    ...(written.model === undefined ? {} : { model: written.model }),
  };
}
