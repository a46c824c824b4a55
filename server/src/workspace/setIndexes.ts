import { type DocumentSet, documentSets, type Partition, standsAs } from './documentSets.ts';
import type { WorkspaceFiles } from './kustomize/kustomizationFile.ts';
import type { Resource, ResourceType } from './resource.ts';

const NONE: readonly Resource[] = Object.freeze([]);

/** The document sets of one state of the workspace, each with its indexes. Those that an edit leaves alone are taken over. */
export class SetIndexes {
  readonly all: readonly SetIndex[];
  /** What the next state takes over. */
  readonly partition: Partition;

  private constructor(partition: Partition, all: readonly SetIndex[]) {
    this.partition = partition;
    this.all = all;
  }

  /** The result is the same with and without `before`, the sets of another state of the same workspace. */
  static of(files: WorkspaceFiles, before?: SetIndexes): SetIndexes {
    const resources = [...files.values()].flatMap((file) => file.facts.resources);
    const partition = documentSets(resources, files, before?.partition);
    const known = new Map(before?.all.map((index) => [index.id, index]));
    const all = partition.sets.map((set) => {
      const index = known.get(set.id);
      return index?.holds(set) ? index : new SetIndex(set);
    });
    return new SetIndexes(partition, all);
  }

  /**
   * The resources of `before` that were edited, each with the one that stands in its place now; undefined where anything came,
   * went, moved to another set, or changed its identity.
   */
  editsSince(before: SetIndexes): ReadonlyMap<Resource, Resource> | undefined {
    if (this.all.length !== before.all.length) return undefined;
    const edits = new Map<Resource, Resource>();
    for (const [position, set] of this.all.entries()) {
      const old = before.all[position]!;
      if (set === old) continue;
      const isAlike =
        set.id === old.id && set.incomplete === old.incomplete && set.resources.length === old.resources.length;
      if (!isAlike) return undefined;
      for (const [index, resource] of set.resources.entries()) {
        const replaced = old.resources[index]!;
        if (resource === replaced) continue;
        if (!standsAs(resource, replaced)) return undefined;
        edits.set(replaced, resource);
      }
    }
    return edits;
  }
}

/** The resources of one set by type and name: what depends on nothing outside the set. */
export class SetIndex {
  readonly id: string;
  readonly resources: readonly Resource[];
  readonly incomplete: boolean;
  readonly #byType = new Map<ResourceType, Resource[]>();
  #byName: Map<string, Resource[]> | undefined;
  #writtenElsewhere: readonly { readonly file: string; readonly resource: Resource }[] | undefined;

  constructor({ id, resources, incomplete }: DocumentSet) {
    this.id = id;
    this.incomplete = incomplete === true;
    this.resources = resources;
    for (const resource of resources) append(this.#byType, resource.type, resource);
  }

  /** Nothing of the set has changed. */
  holds({ resources, incomplete = false }: DocumentSet): boolean {
    if (resources === this.resources) return incomplete === this.incomplete;
    return (
      incomplete === this.incomplete &&
      resources.length === this.resources.length &&
      resources.every((resource, index) => resource === this.resources[index])
    );
  }

  ofTypes(types: readonly ResourceType[]): readonly Resource[] {
    if (types.length === 1) return this.#byType.get(types[0]!) ?? NONE;
    return types.flatMap((type) => this.#byType.get(type) ?? NONE);
  }

  named(type: ResourceType, name: string): readonly Resource[] {
    if (!this.#byName) {
      this.#byName = new Map();
      for (const resource of this.resources) {
        if (resource.name !== undefined) append(this.#byName, `${resource.type} ${resource.name}`, resource);
      }
    }
    return this.#byName.get(`${type} ${name}`) ?? NONE;
  }

  /** Built resources with each file, other than their own, that wrote a part of them. */
  get writtenElsewhere(): readonly { readonly file: string; readonly resource: Resource }[] {
    this.#writtenElsewhere ??= this.resources.flatMap((resource) =>
      [...(resource.built?.files ?? [])].flatMap((file) => (file === resource.uri ? [] : [{ file, resource }])),
    );
    return this.#writtenElsewhere;
  }
}

function append<Key>(map: Map<Key, Resource[]>, key: Key, resource: Resource): void {
  const members = map.get(key);
  if (members) members.push(resource);
  else map.set(key, [resource]);
}
