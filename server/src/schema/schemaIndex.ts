import type { Schema } from './schema.ts';

/**
 * Where a schema comes from, which says how far it can be trusted: `kubernetes` and `package` are those of the bundle,
 * of a known version that may not be the user's; `workspace` and `cluster` are the user's own.
 */
export type SchemaOrigin = 'kubernetes' | 'package' | 'workspace' | 'cluster';

export interface ResourceKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly origin: SchemaOrigin;
  /** For people: `Kubernetes 1.36`, `Istio 1.29.2`, a file, a cluster's context. */
  readonly source: string;
  /** Whether its objects live in namespaces; undefined where the source does not say. */
  readonly namespaced?: boolean;
  /** The version is deprecated; the text says what to do, as far as its authors do. */
  readonly deprecation?: string;
}

/** A kind and the schema of its objects. */
export interface ResourceSchema extends ResourceKind {
  readonly schema: Schema;
}

/** A set of kinds from one origin. */
export interface SchemaLayer {
  find(apiVersion: string, kind: string): ResourceSchema | undefined;
  kinds(): Iterable<ResourceKind>;
  /** Another number says that the kinds are others; absent where they never change. */
  readonly version?: number;
}

/** The kinds that one workspace knows: the bundle and, above it, what the workspace and the cluster define. Changes only as its layers do. */
export class SchemaIndex {
  readonly #layers: readonly SchemaLayer[];
  #kinds: readonly ResourceKind[] | undefined;
  #groups: ReadonlySet<string> | undefined;
  #version = 0;

  /** Later layers win over earlier ones. */
  constructor(...layers: readonly SchemaLayer[]) {
    this.#layers = layers;
  }

  with(layer: SchemaLayer): SchemaIndex {
    return new SchemaIndex(...this.#layers, layer);
  }

  forResource(apiVersion: string, kind: string): ResourceSchema | undefined {
    for (let index = this.#layers.length - 1; index >= 0; index--) {
      const found = this.#layers[index]!.find(apiVersion, kind);
      if (found) return found;
    }
    return undefined;
  }

  /** Every kind once, sorted by kind, then by version from stable to alpha. */
  kinds(): readonly ResourceKind[] {
    this.#forgetChanged();
    if (this.#kinds) return this.#kinds;
    const kinds = new Map<string, ResourceKind>();
    for (const layer of this.#layers) {
      for (const kind of layer.kinds()) kinds.set(`${kind.apiVersion} ${kind.kind}`, kind);
    }
    this.#kinds = [...kinds.values()].sort(
      (a, b) => compare(a.kind, b.kind) || compareVersions(a.apiVersion, b.apiVersion),
    );
    return this.#kinds;
  }

  /** Some layer defines kinds of this API group (`''` is the core group). */
  knowsGroup(group: string): boolean {
    this.#forgetChanged();
    this.#groups ??= new Set(this.kinds().map((kind) => groupOf(kind.apiVersion)));
    return this.#groups.has(group);
  }

  #forgetChanged(): void {
    const version = this.#layers.reduce((sum, layer) => sum + (layer.version ?? 0), 0);
    if (version === this.#version) return;
    this.#version = version;
    this.#kinds = undefined;
    this.#groups = undefined;
  }
}

/** The API group of an apiVersion; `''` for the core group. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Orders `v2`, `v1`, `v1beta2`, `v1alpha1` as Kubernetes prefers them; groups alphabetically before that. */
function compareVersions(a: string, b: string): number {
  return compare(groupOf(a), groupOf(b)) || stability(b) - stability(a) || compare(a, b);
}

function stability(apiVersion: string): number {
  const version = /(?:^|\/)v(\d+)(?:(alpha|beta)(\d+))?$/.exec(apiVersion);
  if (!version) return -1;
  const level = version[2] === undefined ? 2 : version[2] === 'beta' ? 1 : 0;
  return level * 10_000 + Number(version[1]) * 100 + Number(version[3] ?? 0);
}
