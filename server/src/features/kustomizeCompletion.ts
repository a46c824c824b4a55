import type { Span } from '../text/sourceText.ts';
import type { Resource } from '../workspace/resource.ts';
import { containerImages } from './kustomizeImages.ts';
import type { Completion, Cursor } from './languageFeatures.ts';
import { yamlCursor, yamlItemCursor } from './yamlCursor.ts';

const LISTS = new Set([
  'resources',
  'bases',
  'components',
  'patchesStrategicMerge',
  'configurations',
  'crds',
  'transformers',
  'generators',
]);
const MOST_PATHS = 100;

/** Files and folders where a path is written, names of objects where a patch or an entry names one, images that are used. */
export function* kustomizeCompletions({ file, offset, snapshot }: Cursor): Generator<Completion> {
  const { source } = file.parsed;
  const cursor = yamlItemCursor(source.text, offset) ?? yamlCursor(source.text, offset);
  if (cursor?.role !== 'value') return;
  const path = cursor.path.map((segment) => (typeof segment === 'number' ? '*' : segment)).join('.');
  const [list = ''] = cursor.path;
  const offer = (name: string, detail: string, kind: Completion['kind'] = 'reference'): Completion => ({
    label: name,
    kind,
    detail,
    newText: (cursor.needsSpace ? ' ' : '') + name,
    span: cursor.span satisfies Span,
  });
  const folder = source.uri.slice(0, source.uri.lastIndexOf('/') + 1);
  if (
    (LISTS.has(String(list)) && cursor.path.length === 2) ||
    /^(?:patches|patchesJson6902|replacements)\.\*\.path$/.test(path)
  ) {
    const written = new Set(cursor.root.find(list)?.items.flatMap((item) => item.text() ?? []));
    const isFolders = list === 'components' || list === 'bases';
    for (const found of isFolders
      ? folders(folder, snapshot.files.keys())
      : pathsFrom(folder, snapshot.files.keys(), list === 'resources')) {
      if (!written.has(found))
        yield offer(found, found.endsWith('.yaml') || found.endsWith('.yml') ? 'file' : 'kustomization', 'file');
    }
    return;
  }
  const objects = snapshot.graph
    .inFile(source.uri)
    .flatMap((kustomization) => snapshot.graph.near(kustomization))
    .filter(({ built }) => built !== undefined);
  if (/^(?:patches|patchesJson6902)\.\*\.target\.(?:name|kind)$/.test(path)) {
    const target = cursor.root.find(...cursor.path.slice(0, -1));
    const isKind = path.endsWith('kind');
    for (const [name, detail] of namesOf(objects, isKind, target?.text('kind'), target?.text('name')))
      yield offer(name, detail);
  } else if (path === 'replicas.*.name') {
    const scaled = objects.filter(({ kind }) =>
      ['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController'].includes(kind),
    );
    for (const [name, detail] of namesOf(scaled, false)) yield offer(name, detail);
  } else if (path === 'images.*.name') {
    for (const image of containerImages(objects)) yield offer(image, 'image', 'value');
  }
}

function namesOf(objects: readonly Resource[], isKind: boolean, kind?: string, name?: string): Map<string, string> {
  const names = new Map<string, string>();
  for (const { built, root, kind: own } of objects) {
    const written = (built?.written ?? root).text('metadata', 'name');
    if (written === undefined) continue;
    if (isKind) {
      if (name === undefined || name === written) names.set(own, written);
    } else if (kind === undefined || kind === own) {
      names.set(written, own);
    }
  }
  return names;
}

/** Manifests of the folder and below, and folders with a kustomization, as paths from the folder; the nearest first. */
function pathsFrom(folder: string, uris: Iterable<string>, withFolders: boolean): string[] {
  const all = [...uris];
  const files = all
    .filter((uri) => uri.startsWith(folder) && /\.ya?ml$/.test(uri) && !/\/kustomization\.ya?ml$/.test(uri))
    .map((uri) => decodeURIComponent(uri.slice(folder.length)));
  const found = withFolders ? [...files, ...folders(folder, all)] : files;
  return found.sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1)).slice(0, MOST_PATHS);
}

function folders(folder: string, uris: Iterable<string>): string[] {
  const found: string[] = [];
  for (const uri of uris) {
    const other = /^(.*\/)(?:kustomization\.ya?ml|Kustomization)$/.exec(uri)?.[1];
    if (other !== undefined && other !== folder) found.push(relative(folder, other));
  }
  return found.sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1)).slice(0, MOST_PATHS);
}

function relative(from: string, to: string): string {
  const [a, b] = [from.split('/').slice(0, -1), to.split('/').slice(0, -1)];
  let shared = 0;
  while (shared < a.length && shared < b.length && a[shared] === b[shared]) shared++;
  return decodeURIComponent([...a.slice(shared).map(() => '..'), ...b.slice(shared)].join('/')) || '.';
}

function depth(path: string): number {
  return path.split('/').length;
}
