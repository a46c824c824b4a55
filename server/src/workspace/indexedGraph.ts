import { isFilledByCluster } from './clusterNamespaces.ts';
import { type DocumentSet, documentSets } from './documentSets.ts';
import { EDGE_FINDERS } from './edges/edgeFinders.ts';
import type { WorkspaceFiles } from './kustomize/kustomizationFile.ts';
import type { Resource, ResourceType } from './resource.ts';
import type { Edge, Lookup, ResourceGraph } from './resourceGraph.ts';
import { namespacesAgree } from './selection.ts';
import type { LoadedFile } from './world.ts';

const NONE: readonly Resource[] = Object.freeze([]);

/** Builds the graph of one state of the workspace. Cheap: everything but the sets is computed when asked for. */
export function buildGraph(files: WorkspaceFiles): ResourceGraph {
  const resources = [...files.values()].flatMap((file) => file.facts.resources);
  return new IndexedGraph(documentSets(resources, files), files);
}

class SetIndex {
  readonly id: string;
  readonly resources: readonly Resource[];
  readonly incomplete: boolean;
  readonly #byType = new Map<ResourceType, Resource[]>();
  #byName: Map<string, Resource[]> | undefined;
  #edges: { from: Map<Resource, Edge[]>; to: Map<Resource, Edge[]> } | undefined;

  constructor({ id, resources, incomplete }: DocumentSet) {
    this.id = id;
    this.incomplete = incomplete === true;
    this.resources = resources;
    for (const resource of resources) {
      const members = this.#byType.get(resource.type);
      if (members) members.push(resource);
      else this.#byType.set(resource.type, [resource]);
    }
  }

  ofTypes(types: readonly ResourceType[]): readonly Resource[] {
    if (types.length === 1) return this.#byType.get(types[0]!) ?? NONE;
    return types.flatMap((type) => this.#byType.get(type) ?? NONE);
  }

  named(type: ResourceType, name: string): readonly Resource[] {
    if (!this.#byName) {
      this.#byName = new Map();
      for (const resource of this.resources) {
        if (resource.name === undefined) continue;
        const key = `${resource.type} ${resource.name}`;
        const members = this.#byName.get(key);
        if (members) members.push(resource);
        else this.#byName.set(key, [resource]);
      }
    }
    return this.#byName.get(`${type} ${name}`) ?? NONE;
  }

  edges(graph: ResourceGraph): { from: Map<Resource, Edge[]>; to: Map<Resource, Edge[]> } {
    if (this.#edges) return this.#edges;
    const from = new Map<Resource, Edge[]>();
    const to = new Map<Resource, Edge[]>();
    for (const finder of EDGE_FINDERS) {
      for (const source of this.ofTypes(finder.from)) {
        for (const edge of finder.find(source, graph)) {
          append(from, source, edge);
          if (edge.target.status === 'found') append(to, edge.target.resource, edge);
        }
      }
    }
    this.#edges = { from, to };
    return this.#edges;
  }
}

function append(map: Map<Resource, Edge[]>, key: Resource, edge: Edge): void {
  const edges = map.get(key);
  if (edges) edges.push(edge);
  else map.set(key, [edge]);
}

class IndexedGraph implements ResourceGraph {
  readonly #sets: readonly SetIndex[];
  readonly #setOf = new Map<Resource, SetIndex>();
  readonly #memo = new Map<string, unknown>();
  readonly #files: WorkspaceFiles;
  #byFile: ReadonlyMap<string, readonly Resource[]> | undefined;
  #writtenIn: ReadonlyMap<string, readonly Resource[]> | undefined;

  constructor(sets: readonly DocumentSet[], files: WorkspaceFiles) {
    this.#files = files;
    this.#sets = sets.map((set) => new SetIndex(set));
    for (const set of this.#sets) for (const resource of set.resources) this.#setOf.set(resource, set);
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
    return ofRelation(this.#setOf.get(resource)?.edges(this).from.get(resource), relation);
  }

  edgesTo(resource: Resource, relation?: string): readonly Edge[] {
    return ofRelation(this.#setOf.get(resource)?.edges(this).to.get(resource), relation);
  }

  inFile(uri: string): readonly Resource[] {
    if (!this.#byFile) {
      const byFile = new Map<string, Resource[]>();
      for (const resource of this.all()) {
        const members = byFile.get(resource.uri);
        if (members) members.push(resource);
        else byFile.set(resource.uri, [resource]);
      }
      this.#byFile = byFile;
    }
    return this.#byFile.get(uri) ?? NONE;
  }

  writtenIn(uri: string): readonly Resource[] {
    if (!this.#writtenIn) {
      const byFile = new Map<string, Resource[]>();
      for (const resource of this.all()) {
        for (const file of resource.built?.files ?? []) {
          if (file === resource.uri) continue;
          const members = byFile.get(file);
          if (members) members.push(resource);
          else byFile.set(file, [resource]);
        }
      }
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
}

function ofRelation(edges: readonly Edge[] | undefined, relation: string | undefined): readonly Edge[] {
  if (!edges) return [];
  return relation === undefined ? edges : edges.filter((edge) => edge.relation === relation);
}
