import { isClusterScoped, kubernetesType } from '../../languages/yaml/kubernetesTypes.ts';
import type { PathSegment, SourceNode } from '../../text/sourceNode.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { namespacesAgree } from '../../workspace/selection.ts';
import type { YamlCursor } from '../yamlCursor.ts';

/** The object that is being written, as the graph would know it once its text can be read. */
export interface WrittenObject {
  readonly resource: Resource;
  /** Answers questions of `resource` as those of the objects beside it. */
  readonly graph: ResourceGraph;
  /** The path of the cursor's key or value within the object. */
  readonly path: readonly PathSegment[];
  /** The value under the cursor, or the map that its key would stand in. */
  readonly node: SourceNode;
}

/** Reads the object around a cursor from the repaired text; undefined where the document is none of Kubernetes. */
export function writtenObject(cursor: YamlCursor, uri: string, graph: ResourceGraph): WrittenObject | undefined {
  let { root } = cursor;
  let path = cursor.path;
  while (root.text('kind')?.endsWith('List') && path[0] === 'items' && typeof path[1] === 'number') {
    const item = root.find('items', path[1]);
    if (!item?.text('kind')) break;
    root = item;
    path = path.slice(2);
  }
  const apiVersion = root.text('apiVersion');
  const kind = root.text('kind');
  const node = root.find(...path);
  if (!apiVersion || !kind || !node) return undefined;
  const type = kubernetesType(apiVersion, kind);
  const namespace = isClusterScoped(type) ? '' : root.text('metadata', 'namespace');
  const resource: Resource = { type, kind, apiVersion, name: root.text('metadata', 'name'), namespace, root, uri };
  return { resource, graph: seenBeside(resource, neighbourOf(resource, graph), graph), path, node };
}

/** The object in whose set a new one would be: itself as it was last read, else one of its file, folder, or nearby. */
export function neighbourOf(
  { name, type, uri }: Pick<Resource, 'name' | 'type' | 'uri'>,
  graph: ResourceGraph,
): Resource | undefined {
  const inFile = graph.inFile(uri);
  const same = inFile.find((other) => other.type === type && other.name === name);
  if (same ?? inFile[0]) return same ?? inFile[0];
  let nearest: Resource | undefined;
  let longest = 0;
  for (const other of graph.all()) {
    if (other.apiVersion === '') continue;
    const shared = sharedFolders(uri, other.uri);
    if (shared > longest) {
      longest = shared;
      nearest = other;
    }
  }
  return nearest;
}

function sharedFolders(a: string, b: string): number {
  let shared = 0;
  for (let index = 0; index < a.length && a[index] === b[index]; index++) if (a[index] === '/') shared = index;
  return shared;
}

/** Without a neighbour, the whole workspace answers. */
function seenBeside(written: Resource, neighbour: Resource | undefined, graph: ResourceGraph): ResourceGraph {
  const stand = (from: Resource): Resource => (from === written && neighbour ? neighbour : from);
  const near: ResourceGraph['near'] = (from, ...types) =>
    from === written && !neighbour ? graph.all(...types) : graph.near(stand(from), ...types);
  const beside: ResourceGraph = {
    all: (...types) => graph.all(...types),
    near,
    sameNamespace: (from, types, namespace = from.namespace) =>
      near(from, ...types).filter((other) => namespacesAgree(namespace, other.namespace)),
    lookup: (from, types, name, namespace = from.namespace) => graph.lookup(stand(from), types, name, namespace),
    edgesFrom: (resource, relation) => graph.edgesFrom(resource, relation),
    edgesTo: (resource, relation) => graph.edgesTo(resource, relation),
    inFile: (uri) => graph.inFile(uri),
    writtenIn: (uri) => graph.writtenIn(uri),
    file: (uri) => graph.file(uri),
    isIncomplete: (resource) => graph.isIncomplete(stand(resource)),
    setOf: (resource) => graph.setOf(stand(resource)),
    memo: (key, compute) => graph.memo(key, compute),
    derived: (resource, key, compute) =>
      resource === written ? compute(beside) : graph.derived(resource, key, compute),
  };
  return beside;
}
