import type { DriftState } from '../drift.ts';
import type { ResourceType } from '../resourceType.ts';
import type { Collection, CollectionView, ConnectionState } from './clusterConnection.ts';

/** One context of the kubeconfigs, as the tree shows it. */
export interface KnownContext {
  readonly name: string;
  readonly server: string;
  /** The namespace that the kubeconfig names. */
  readonly namespace: string;
  /** True for the context that kubectl would use. */
  readonly current: boolean;
  /** What to do when the credentials are refused, such as the command that logs in again. */
  readonly loginAdvice: string;
}

/** CPU and memory that a pod or node uses, as the metrics API wrote them. */
export interface Usage {
  readonly cpu: string;
  readonly memory: string;
}

/** A port of this machine that leads into a pod. */
export interface ForwardedPort {
  readonly number: number;
  readonly context: string;
  readonly namespace: string;
  /** `Service cart`. */
  readonly target: string;
  readonly remotePort: number;
  readonly localPort: number;
  /** `waiting`, `connected to cart-5d9c`, or why not. */
  readonly state: string;
  readonly isBroken: boolean;
}

/** What the tree is told from. Answers are snapshots: nothing here asks anybody. */
export interface ClusterSource {
  contexts(): readonly KnownContext[];
  connection(context: string): ConnectionState;
  view(context: string, collection: Collection): CollectionView | undefined;
  /** The namespaces that were typed for a context whose namespaces may not be listed. */
  typedNamespaces(context: string): readonly string[];
  /** What this workspace is deployed to. */
  target(): { readonly context: string; readonly namespace: string } | undefined;
  isProtected(context: string): boolean;
  /** By pod name in a namespace, or by node name for the type of nodes; undefined without a metrics API. */
  usage(context: string, type: ResourceType, namespace: string | undefined, name: string): Usage | undefined;
  /** How the workspace's manifests stand in a context; undefined where they are not compared with it. */
  drift(context: string): DriftState | undefined;
  forwards(): readonly ForwardedPort[];
  nowMilliseconds(): number;
}
