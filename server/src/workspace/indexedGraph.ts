import { isFilledByCluster } from './clusterNamespaces.ts';
import { Derivations } from './derivations.ts';
import { EDGE_FINDERS } from './edges/edgeFinders.ts';
import type { WorkspaceFiles } from './kustomize/kustomizationFile.ts';
import type { Resource, ResourceType } from './resource.ts';
import type { Edge, EdgeFinder, Lookup, ResourceGraph } from './resourceGraph.ts';
import { namespacesAgree } from './selection.ts';
import { type SetIndex, SetIndexes } from './setIndexes.ts';
import type { LoadedFile } from './world.ts';

const NONE: readonly Resource[] = Object.freeze([]);

/**
 * Builds the graph of one state of the workspace. Cheap: everything but the sets is computed when asked for.
 *
 * @param derivations what earlier graphs derived, already advanced to this state
 */
export function buildGraph(
  files: WorkspaceFiles,
  sets: SetIndexes = SetIndexes.of(files),
  derivations = new Derivations(),
): ResourceGraph {
  return new IndexedGraph(sets.all, files, derivations);
}

/** By type: the finders that read its references, with the key of what they find. */
const FINDERS = new Map<ResourceType, { readonly key: string; readonly finder: EdgeFinder }[]>();
for (const [index, finder] of EDGE_FINDERS.entries()) {
  for (const type of finder.from) {
    const finders = FINDERS.get(type) ?? [];
    finders.push({ key: `edges ${index}`, finder });
    FINDERS.set(type, finders);
  }
}

class IndexedGraph implements ResourceGraph {
  readonly #sets: readonly SetIndex[];
  readonly #setOf = new Map<Resource, SetIndex>();
  readonly #edgesTo = new Map<SetIndex, ReadonlyMap<Resource, readonly Edge[]>>();
  readonly #memo = new Map<string, unknown>();
  readonly #files: WorkspaceFiles;
  readonly #derivations: Derivations;
  readonly #state: number;
  #byFile: ReadonlyMap<string, readonly Resource[]> | undefined;
  #writtenIn: ReadonlyMap<string, readonly Resource[]> | undefined;

  constructor(sets: readonly SetIndex[], files: WorkspaceFiles, derivations: Derivations) {
    this.#files = files;
    this.#derivations = derivations;
    this.#state = derivations.state;
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
    if (!this.#setOf.has(resource)) return [];
    const edges = FINDERS.get(resource.type)?.flatMap(({ key, finder }) => this.#found(resource, key, finder));
    return ofRelation(edges, relation);
  }

  edgesTo(resource: Resource, relation?: string): readonly Edge[] {
    const set = this.#setOf.get(resource);
    return ofRelation(set && this.#edgesWithin(set).get(resource), relation);
  }

  /** By the resource that they lead to: all edges of a set, in the order of the finders. */
  #edgesWithin(set: SetIndex): ReadonlyMap<Resource, readonly Edge[]> {
    const known = this.#edgesTo.get(set);
    if (known) return known;
    const edges = new Map<Resource, Edge[]>();
    for (const [index, finder] of EDGE_FINDERS.entries()) {
      for (const source of set.ofTypes(finder.from)) {
        for (const edge of this.#found(source, `edges ${index}`, finder)) {
          if (edge.target.status === 'found') append(edges, edge.target.resource, edge);
        }
      }
    }
    this.#edgesTo.set(set, edges);
    return edges;
  }

  #found(source: Resource, key: string, finder: EdgeFinder): readonly Edge[] {
    return this.derived(source, key, (graph) => [...finder.find(source, graph)]);
  }

  inFile(uri: string): readonly Resource[] {
    if (!this.#byFile) {
      const byFile = new Map<string, Resource[]>();
      for (const set of this.#sets) for (const resource of set.resources) append(byFile, resource.uri, resource);
      this.#byFile = byFile;
    }
    return this.#byFile.get(uri) ?? NONE;
  }

  writtenIn(uri: string): readonly Resource[] {
    if (!this.#writtenIn) {
      const byFile = new Map<string, Resource[]>();
      for (const set of this.#sets)
        for (const { file, resource } of set.writtenElsewhere) append(byFile, file, resource);
      this.#writtenIn = byFile;
    }
    return this.#writtenIn.get(uri) ?? NONE;
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

  derived<T>(resource: Resource, key: string, compute: (graph: ResourceGraph) => T): T {
    // Who still holds an older state computes for itself.
    if (this.#derivations.state !== this.#state) return compute(this);
    return this.#derivations.of(resource, key, this, compute);
  }
}

function append<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

function ofRelation(edges: readonly Edge[] | undefined, relation: string | undefined): readonly Edge[] {
  if (!edges) return [];
  return relation === undefined ? edges : edges.filter((edge) => edge.relation === relation);
}
