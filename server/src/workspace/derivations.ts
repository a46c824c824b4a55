import type { Resource, ResourceType } from './resource.ts';
import type { Edge, Lookup, ResourceGraph } from './resourceGraph.ts';

/** What a computation saw of a graph beside its own resource. */
interface Dependencies {
  readonly resources: Resource[];
  readonly types: ResourceType[];
  /** It asked what is not followed here, so that its result counts for one state only. */
  isOpen: boolean;
}

interface Derivation {
  readonly value: unknown;
  readonly dependencies: Dependencies;
  /** The last state for which it is known to count. */
  state: number;
}

/** Stands for every type, among types on which a result depends. */
const ANY_TYPE = '*';

/**
 * What was computed of single resources, kept from state to state of one workspace. A result is computed anew when its
 * resource, or something that the computation asked of the graph, is another; or when any resource came, went, or got
 * another name, namespace or file, because then every lookup may end elsewhere.
 */
export class Derivations {
  #state = 0;
  #known = new WeakMap<Resource, Map<string, Derivation>>();
  #replaced = new WeakSet<Resource>();
  /** By type: the last state in which a resource of it was edited. */
  readonly #editedAt = new Map<ResourceType, number>();

  /** The number of the latest state. */
  get state(): number {
    return this.#state;
  }

  /** Goes on to the next state. `edited` gives the resources that took the place of others; undefined: more than that changed. */
  advance(edited: ReadonlyMap<Resource, Resource> | undefined): void {
    this.#state++;
    if (!edited) {
      this.#known = new WeakMap();
      this.#replaced = new WeakSet();
      return;
    }
    for (const [old, resource] of edited) {
      this.#replaced.add(old);
      this.#replaced.delete(resource);
      this.#editedAt.set(resource.type, this.#state);
      this.#editedAt.set(ANY_TYPE, this.#state);
    }
  }

  /** The result for `graph`, which must be that of the latest state. */
  of<T>(resource: Resource, key: string, graph: ResourceGraph, compute: (graph: ResourceGraph) => T): T {
    return this.derivation(resource, key, graph, compute).value as T;
  }

  /** The same with what it depends on. */
  derivation<T>(
    resource: Resource,
    key: string,
    graph: ResourceGraph,
    compute: (graph: ResourceGraph) => T,
  ): Pick<Derivation, 'value' | 'dependencies'> {
    let results = this.#known.get(resource);
    if (!results) {
      results = new Map();
      this.#known.set(resource, results);
    }
    let known = results.get(key);
    if (!known || !this.#counts(known)) {
      const dependencies: Dependencies = { resources: [], types: [], isOpen: false };
      known = { value: compute(new FollowedGraph(graph, this, dependencies)), dependencies, state: this.#state };
      results.set(key, known);
    }
    return known;
  }

  #counts(known: Derivation): boolean {
    if (known.state === this.#state) return true;
    const { resources, types, isOpen } = known.dependencies;
    if (isOpen || resources.some((resource) => this.#replaced.has(resource))) return false;
    if (types.some((type) => (this.#editedAt.get(type) ?? 0) > known.state)) return false;
    known.state = this.#state;
    return true;
  }
}

/** Notes what is asked of a graph. Sets, names and namespaces are not noted: a change of those ends every result. */
class FollowedGraph implements ResourceGraph {
  readonly #graph: ResourceGraph;
  readonly #derivations: Derivations;
  readonly #seen: Dependencies;

  constructor(graph: ResourceGraph, derivations: Derivations, seen: Dependencies) {
    this.#graph = graph;
    this.#derivations = derivations;
    this.#seen = seen;
  }

  all(...types: readonly ResourceType[]): readonly Resource[] {
    this.#noteTypes(types);
    return this.#graph.all(...types);
  }

  near(from: Resource, ...types: readonly ResourceType[]): readonly Resource[] {
    this.#noteTypes(types);
    return this.#graph.near(from, ...types);
  }

  sameNamespace(from: Resource, types: readonly ResourceType[], namespace?: string): readonly Resource[] {
    this.#noteTypes(types);
    return this.#graph.sameNamespace(from, types, namespace);
  }

  lookup(from: Resource, types: readonly ResourceType[], name: string, namespace?: string): Lookup {
    const target = this.#graph.lookup(from, types, name, namespace);
    if (target.status === 'found') this.#noteResources([target.resource]);
    return target;
  }

  isIncomplete(resource: Resource): boolean {
    return this.#graph.isIncomplete(resource);
  }

  setOf(resource: Resource): string {
    return this.#graph.setOf(resource);
  }

  edgesFrom(resource: Resource, relation?: string): readonly Edge[] {
    return this.#notFollowed().edgesFrom(resource, relation);
  }

  edgesTo(resource: Resource, relation?: string): readonly Edge[] {
    return this.#notFollowed().edgesTo(resource, relation);
  }

  inFile(uri: string): readonly Resource[] {
    return this.#notFollowed().inFile(uri);
  }

  writtenIn(uri: string): readonly Resource[] {
    return this.#notFollowed().writtenIn(uri);
  }

  file(uri: string): ReturnType<ResourceGraph['file']> {
    return this.#notFollowed().file(uri);
  }

  memo<T>(key: string, compute: () => T): T {
    return this.#notFollowed().memo(key, compute);
  }

  derived<T>(resource: Resource, key: string, compute: (graph: ResourceGraph) => T): T {
    const { value, dependencies } = this.#derivations.derivation(resource, key, this.#graph, compute);
    this.#noteResources([resource, ...dependencies.resources]);
    if (dependencies.types.length > 0) this.#noteTypes(dependencies.types);
    if (dependencies.isOpen) this.#seen.isOpen = true;
    return value as T;
  }

  #noteResources(resources: readonly Resource[]): void {
    for (const resource of resources) if (!this.#seen.resources.includes(resource)) this.#seen.resources.push(resource);
  }

  #noteTypes(types: readonly ResourceType[]): void {
    for (const type of types.length === 0 ? [ANY_TYPE] : types)
      if (!this.#seen.types.includes(type)) this.#seen.types.push(type);
  }

  #notFollowed(): ResourceGraph {
    this.#seen.isOpen = true;
    return this.#graph;
  }
}
