import type { Resource } from './resource.ts';

/** Folders of plain manifests that are deployed together. */
export interface Unit {
  /** The first of its folders, with its trailing slash. */
  readonly folder: string;
  readonly resources: Resource[];
  /** The objects that it defines, by their `objectId`. */
  readonly objects: Set<string>;
}

/** Names that people give to folders whose sub-folders are parts of one deployment. */
const DEPLOYMENT_FOLDER =
  /^(?:.*[-_.])?(?:k8s|kube|kubernetes|manifests?|deploy|deployments?|deployment|istio|mesh|infra|infrastructure|cluster|services|gitops)(?:[-_.].*)?$/i;

/** Units and up to two names of sub-folders in which they have folders: enough to tell whether one is another than a given one. */
type Branches = Map<Unit, readonly [first: string, second?: string]>;

/**
 * Finds the units that a folder may belong to: one of their folders holds it, they write the same namespace, or names
 * of folders say that both are parts of one thing. Costs the depth of the folder, however many folders there are.
 */
export class UnitIndex {
  readonly #units: Unit[] = [];
  readonly #order = new Map<Unit, number>();
  readonly #byNamespace = new Map<string, Set<Unit>>();
  readonly #byFolder = new Map<string, Unit>();
  /** By folder: the units below it. */
  readonly #below = new Map<string, Branches>();
  /** By folder: the units below it whose sub-folder there has the name of a deployment. */
  readonly #deployedBelow = new Map<string, Branches>();
  readonly #isDeployment = new Map<string, boolean>();

  get all(): readonly Unit[] {
    return this.#units;
  }

  /** The units that `folder` belongs together with, in the order in which they were added. */
  related(folder: string, namespaces: ReadonlySet<string>): Unit[] {
    const found = new Set<Unit>();
    for (const namespace of namespaces) {
      for (const unit of this.#byNamespace.get(namespace) ?? []) found.add(unit);
    }
    let parentName = '';
    for (const { ancestor, name } of branchesOf(folder)) {
      const owner = this.#byFolder.get(ancestor);
      if (owner) found.add(owner);
      // Where two folders part, either the folder above is one of deployments, or both names below it are.
      if (this.#named(parentName)) addOthers(this.#below.get(ancestor), name, found);
      else if (this.#named(name)) addOthers(this.#deployedBelow.get(ancestor), name, found);
      parentName = name;
    }
    return [...found].sort((a, b) => this.#order.get(a)! - this.#order.get(b)!);
  }

  /** Adds a folder to `host`, or as a unit of its own. */
  add(
    folder: string,
    resources: readonly Resource[],
    objects: ReadonlySet<string>,
    namespaces: ReadonlySet<string>,
    host: Unit | undefined,
  ): void {
    const unit: Unit = host ?? { folder, resources: [], objects: new Set() };
    if (!host) {
      this.#order.set(unit, this.#units.length);
      this.#units.push(unit);
    }
    for (const resource of resources) unit.resources.push(resource);
    for (const object of objects) unit.objects.add(object);
    for (const namespace of namespaces) {
      const members = this.#byNamespace.get(namespace);
      if (members) members.add(unit);
      else this.#byNamespace.set(namespace, new Set([unit]));
    }
    this.#byFolder.set(folder, unit);
    for (const { ancestor, name } of branchesOf(folder)) {
      addBranch(this.#below, ancestor, unit, name);
      if (this.#named(name)) addBranch(this.#deployedBelow, ancestor, unit, name);
    }
  }

  #named(name: string): boolean {
    let isDeployment = this.#isDeployment.get(name);
    if (isDeployment === undefined) {
      isDeployment = DEPLOYMENT_FOLDER.test(name);
      this.#isDeployment.set(name, isDeployment);
    }
    return isDeployment;
  }
}

/** Every folder above `folder`, outermost first, with the name by which the way goes on. */
function* branchesOf(folder: string): Generator<{ ancestor: string; name: string }> {
  let end = folder.indexOf('/') + 1;
  while (end > 0 && end < folder.length) {
    const next = folder.indexOf('/', end);
    yield { ancestor: folder.slice(0, end), name: folder.slice(end, next) };
    end = next + 1;
  }
}

function addBranch(index: Map<string, Branches>, ancestor: string, unit: Unit, name: string): void {
  let branches = index.get(ancestor);
  if (!branches) {
    branches = new Map();
    index.set(ancestor, branches);
  }
  const known = branches.get(unit);
  if (!known) branches.set(unit, [name]);
  else if (known[1] === undefined && known[0] !== name) branches.set(unit, [known[0], name]);
}

function addOthers(branches: Branches | undefined, name: string, found: Set<Unit>): void {
  if (!branches) return;
  for (const [unit, [first, second]] of branches) if (first !== name || second !== undefined) found.add(unit);
}
