import { isFilledByCluster } from './clusterNamespaces.ts';
import { EDGE_FINDERS } from './edges/edgeFinders.ts';
import type { WorkspaceFiles } from './kustomize/kustomizationFile.ts';
import type { Resource, ResourceType } from './resource.ts';
import type { Edge, Lookup, ResourceGraph } from './resourceGraph.ts';
import { namespacesAgree } from './selection.ts';
import { type SetIndex, SetIndexes } from './setIndexes.ts';
import type { LoadedFile } from './world.ts';

const NONE: readonly Resource[] = Object.freeze([]);

/** Builds the graph of one state of the workspace. Cheap: everything but the sets is computed when asked for. */
export function buildGraph(files: WorkspaceFiles, sets: SetIndexes = SetIndexes.of(files)): ResourceGraph {
  return new IndexedGraph(sets.all, files);
}

interface SetEdges {
  readonly from: ReadonlyMap<Resource, readonly Edge[]>;
  readonly to: ReadonlyMap<Resource, readonly Edge[]>;
}

class IndexedGraph implements ResourceGraph {
  readonly #sets: readonly SetIndex[];
  readonly #setOf = new Map<Resource, SetIndex>();
  readonly #edges = new Map<SetIndex, SetEdges>();
  readonly #memo = new Map<string, unknown>();
  readonly #files: WorkspaceFiles;

  constructor(sets: readonly SetIndex[], files: WorkspaceFiles) {
    this.#files = files;
    this.#sets = sets;
    for (const set of sets) for (const resource of set.resources) this.#setOf.set(resource, set);
  }

  all(...types: readonly ResourceType[]): readonly Resource[] {
    return this.#sets.flatMap((set) => (types.length === 0 ? set.resources : set.ofTypes(types)));
  }

  near(from: Resource, ...types: readonly ResourceType[]): readonly Resource[] {
    const set = this.#setOf.get(from);
    if (!set) return NONE;
    return types.length === 0 ? set.resources : set.ofTypes(types);
  }

  sameNamespace(from: Resource, types: readonly ResourceType[], namespace = from.namespace): readonly Resource[] {
    return this.near(from, ...types).filter((other) => namespacesAgree(namespace, other.namespace));
  }

  lookup(from: Resource, types: readonly ResourceType[], name: string, namespace = from.namespace): Lookup {
    const set = this.#setOf.get(from);
    if (!set) return { status: 'unknown' };
    for (const type of types) {
      const named = set
        .named(type, name)
        .filter((other) => other.namespace === '' || namespacesAgree(namespace, other.namespace));
      const resource = named.find((other) => other.namespace === namespace) ?? named[0];
      if (resource) return { status: 'found', resource };
    }
    if (set.incomplete || isFilledByCluster(namespace)) return { status: 'unknown' };
    const peers = set.ofTypes(types);
    if (peers.some((peer) => peer.name === undefined)) return { status: 'unknown' };
    if (types.some((type) => this.#sets.some((other) => other !== set && other.named(type, name).length > 0))) {
      return { status: 'unknown' };
    }
    const certain = peers.some((peer) => peer.namespace === '' || namespacesAgree(namespace, peer.namespace));
    return { status: 'missing', certain };
  }

  edgesFrom(resource: Resource, relation?: string): readonly Edge[] {
    return ofRelation(this.#edgesAround(resource)?.from.get(resource), relation);
  }

  edgesTo(resource: Resource, relation?: string): readonly Edge[] {
    return ofRelation(this.#edgesAround(resource)?.to.get(resource), relation);
  }

  /** All edges of the set of a resource. */
  #edgesAround(resource: Resource): SetEdges | undefined {
    const set = this.#setOf.get(resource);
    if (!set) return undefined;
    let edges = this.#edges.get(set);
    if (!edges) {
      edges = findEdges(set, this);
      this.#edges.set(set, edges);
    }
    return edges;
  }

  inFile(uri: string): readonly Resource[] {
    return this.#sets.flatMap((set) => set.inFile(uri));
  }

  writtenIn(uri: string): readonly Resource[] {
    return this.#sets.flatMap((set) => set.writtenIn(uri));
  }

  file(uri: string): Pick<LoadedFile, 'parsed' | 'facts'> | undefined {
    return this.#files.get(uri);
  }

  isIncomplete(resource: Resource): boolean {
    return this.#setOf.get(resource)?.incomplete ?? true;
  }

  setOf(resource: Resource): string {
    return this.#setOf.get(resource)?.id ?? '';
  }

  memo<T>(key: string, compute: () => T): T {
    if (!this.#memo.has(key)) this.#memo.set(key, compute());
    return this.#memo.get(key) as T;
  }
}

function findEdges(set: SetIndex, graph: ResourceGraph): SetEdges {
  const from = new Map<Resource, Edge[]>();
  const to = new Map<Resource, Edge[]>();
  for (const finder of EDGE_FINDERS) {
    for (const source of set.ofTypes(finder.from)) {
      for (const edge of finder.find(source, graph)) {
        append(from, source, edge);
        if (edge.target.status === 'found') append(to, edge.target.resource, edge);
      }
    }
  }
  return { from, to };
}

function append(map: Map<Resource, Edge[]>, key: Resource, edge: Edge): void {
  const edges = map.get(key);
  if (edges) edges.push(edge);
  else map.set(key, [edge]);
}

function ofRelation(edges: readonly Edge[] | undefined, relation: string | undefined): readonly Edge[] {
  if (!edges) return [];
  return relation === undefined ? edges : edges.filter((edge) => edge.relation === relation);
}
