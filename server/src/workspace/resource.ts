import type { SourceNode } from '../text/sourceNode.ts';

/**
 * What a thing is, whatever version it is written in: `Service`, `apps/Deployment`,
 * `networking.istio.io/VirtualService`, and for what is no Kubernetes object `docker/Dockerfile`, `terraform/aws_vpc`,
 * `helm/Chart`, `kustomize/Kustomization`.
 */
export type ResourceType = string;

/** One thing that a file defines. Immutable; found again in every snapshot until its file changes. */
export interface Resource {
  readonly type: ResourceType;
  readonly kind: string;
  /** As written, e.g. `apps/v1`; empty where the language has none. */
  readonly apiVersion: string;
  /** Undefined when a template writes the name. */
  readonly name: string | undefined;
  /**
   * The namespace as written. Undefined when nothing is written or a template writes it: the object then goes wherever
   * it is deployed to, and may agree with every namespace. Empty string for cluster-scoped kinds.
   */
  readonly namespace: string | undefined;
  readonly root: SourceNode;
  readonly uri: string;
  /** Set where a build made this object of what files say: its values then lie in the files that wrote them. */
  readonly built?: BuiltObject;
  /** What a language wants its own rules to read beside the tree, e.g. the stages of a Dockerfile. */
  readonly model?: unknown;
}

/** Where a built object comes from. */
export interface BuiltObject {
  /** The object as its own file defines it; undefined where a generator made it. */
  readonly written: SourceNode | undefined;
  /** Every file that wrote a part of it, its own among them. */
  readonly files: ReadonlySet<string>;
  /** A patch may have brought what its own file lacks. */
  readonly patched: boolean;
  /** What builds it, e.g. the kustomization of an overlay. */
  readonly by: Resource;
}

/** `Deployment cart`, or `Deployment` where a template writes the name: for lists and trees. */
export function label(resource: Resource): string {
  return resource.name === undefined ? resource.kind : `${resource.kind} ${resource.name}`;
}

/** `Deployment cart`, or `this Deployment`, for messages about the resource itself. */
export function describe(resource: Resource): string {
  return resource.name === undefined ? `this ${resource.kind}` : `${resource.kind} ${resource.name}`;
}

/** The same for an object that a message speaks of beside its own: `Deployment cart`, `a Deployment`. */
export function describeOther(resource: Resource): string {
  if (resource.name !== undefined) return `${resource.kind} ${resource.name}`;
  return `${/^[AEIOU]/.test(resource.kind) ? 'an' : 'a'} ${resource.kind}`;
}
