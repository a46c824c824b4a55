import type { SourceNode } from '../../text/sourceNode.ts';
import type { LoadedFile } from '../world.ts';

/** The files of the workspace, by their URI. */
export type WorkspaceFiles = ReadonlyMap<string, Pick<LoadedFile, 'parsed' | 'facts'>>;

/** What a path of a kustomization leads to. */
export type PathTarget =
  | { readonly status: 'file' | 'kustomization'; readonly uri: string }
  /** A folder of the workspace that has no kustomization. */
  | { readonly status: 'folder'; readonly uri: string }
  /** Nothing is there, although the workspace holds what lies around it. */
  | { readonly status: 'missing'; readonly uri: string }
  /** Outside of the workspace, or of a type that is not read. */
  | { readonly status: 'unknown'; readonly uri: string }
  /** In another repository. */
  | { readonly status: 'remote' };

/** One path that a kustomization writes. */
export interface PathUse {
  readonly field: string;
  readonly at: SourceNode;
  readonly path: string;
  readonly target: PathTarget;
}

const KUSTOMIZATION_NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** Fields that list files or folders by their path. */
const PATH_LISTS = [
  'resources',
  'bases',
  'components',
  'crds',
  'configurations',
  'generators',
  'transformers',
  'validators',
  'patchesStrategicMerge',
];

/** Lists whose entries have the path of a file in a field. */
const ENTRY_PATHS: Readonly<Record<string, string>> = {
  patches: 'path',
  patchesJson6902: 'path',
  replacements: 'path',
};

/** Folders that are never read: what lies there is unknown. */
const UNREAD = /\/(?:\.[^/]+|node_modules|vendor|target|dist|venv|__pycache__)\//;

/** Every path of a kustomization, in document order, generators' files included. */
function* pathsOf(root: SourceNode): Generator<{ field: string; at: SourceNode; path: string }> {
  for (const field of root.entries) {
    const name = field.key ?? '';
    if (PATH_LISTS.includes(name)) {
      for (const at of field.items) {
        const path = at.text();
        // A text of several lines is no path but what a file would say.
        if (path !== undefined && path !== '' && !path.includes('\n')) yield { field: name, at, path };
      }
    }
    const inEntry = ENTRY_PATHS[name];
    for (const entry of inEntry === undefined ? [] : field.items) {
      const at = entry.find(inEntry!);
      const path = at?.text();
      if (at && path) yield { field: name, at, path };
    }
    if (name === 'configMapGenerator' || name === 'secretGenerator') yield* generatorPaths(field);
  }
  const openApi = root.find('openapi', 'path');
  if (openApi?.text()) yield { field: 'openapi', at: openApi, path: openApi.text()! };
}

function* generatorPaths(generators: SourceNode): Generator<{ field: string; at: SourceNode; path: string }> {
  const field = generators.key!;
  for (const entry of generators.items) {
    const env = entry.find('env');
    for (const at of [...(entry.find('envs')?.items ?? []), ...(env ? [env] : [])]) {
      if (at.text()) yield { field, at, path: at.text()! };
    }
    for (const at of entry.find('files')?.items ?? []) {
      const text = at.text();
      const path = text?.slice(text.indexOf('=') + 1);
      if (path) yield { field, at, path };
    }
  }
}

/** The URI that a path means, seen from the folder of a kustomization; undefined where it leads to another repository. */
export function resolvePath(folder: string, path: string): string | undefined {
  if (
    /^[a-z+]+:\/\/|^[\w-]+@|[?&](?:ref|version)=|^git::|\.git(?:\/|$)|^(?:github|gitlab|bitbucket)\.[a-z]+[/:]/.test(
      path,
    )
  ) {
    return undefined;
  }
  const encoded = path.replace(/\/+$/, '').replaceAll('%', '%25').replaceAll('#', '%23').replaceAll('?', '%3F');
  try {
    return new URL(encoded, folder).href;
  } catch {
    // `//` and the like: no path of a file.
    return undefined;
  }
}

const uses = new WeakMap<
  SourceNode,
  readonly { field: string; at: SourceNode; path: string; uri: string | undefined }[]
>();

/** Every path of a kustomization and what it leads to. */
export function pathUsesOf(root: SourceNode, files: WorkspaceFiles): PathUse[] {
  let known = uses.get(root);
  if (!known) {
    const { uri } = root.source;
    const folder = uri.slice(0, uri.lastIndexOf('/') + 1);
    known = [...pathsOf(root)].map((use) => ({ ...use, uri: resolvePath(folder, use.path) }));
    uses.set(root, known);
  }
  return known.map(({ field, at, path, uri }) => ({ field, at, path, target: targetAt(uri, files) }));
}

/** What lies at a place; undefined stands for another repository. */
function targetAt(uri: string | undefined, files: WorkspaceFiles): PathTarget {
  if (uri === undefined) return { status: 'remote' };
  if (files.has(uri)) return { status: 'file', uri };
  const inside = uri.endsWith('/') ? uri : `${uri}/`;
  const kustomization = KUSTOMIZATION_NAMES.map((name) => inside + name).find((candidate) => files.has(candidate));
  if (kustomization !== undefined) return { status: 'kustomization', uri: kustomization };
  const folders = foldersOf(files);
  if (folders.all.has(inside)) return { status: 'folder', uri: inside };
  const isRead = /\.ya?ml$/i.test(uri) || !/\.[^/.]+$/.test(uri);
  const parent = uri.slice(0, uri.lastIndexOf('/') + 1);
  const isInWorkspace = folders.all.has(parent) || parent.startsWith(folders.common);
  return { status: isRead && isInWorkspace && !UNREAD.test(inside) ? 'missing' : 'unknown', uri };
}

interface Folders {
  /** Each folder that holds a file of the workspace, at any depth. */
  readonly all: ReadonlySet<string>;
  /** The innermost folder that holds them all. */
  readonly common: string;
}

const folders = new WeakMap<WorkspaceFiles, Folders>();

function foldersOf(files: WorkspaceFiles): Folders {
  const known = folders.get(files);
  if (known) return known;
  const all = new Set<string>();
  let common: string | undefined;
  for (const uri of files.keys()) {
    const own = uri.slice(0, uri.lastIndexOf('/') + 1);
    common ??= own;
    while (!own.startsWith(common)) common = common.slice(0, common.lastIndexOf('/', common.length - 2) + 1);
    for (let folder = own; folder.length > common.length && !all.has(folder); ) {
      all.add(folder);
      folder = folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1);
    }
    all.add(own);
  }
  const found = { all, common: common ?? '' };
  folders.set(files, found);
  return found;
}
