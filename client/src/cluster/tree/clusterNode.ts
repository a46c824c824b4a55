import type { DriftGroup } from '../drift.ts';
import type { KubeObject } from '../kubeObject.ts';
import type { ResourceType } from '../resourceType.ts';
import type { WorkloadReference } from '../workloadReference.ts';
import type { ServedCategory } from './shownKinds.ts';

/** An object by name, with what is needed to reach it. */
export interface ObjectReference {
  readonly type: ResourceType;
  readonly namespace: string | undefined;
  readonly name: string;
}

/** What the commands of a node get. Everything that they change is named in it. */
export interface ClusterArgument {
  readonly context: string;
  readonly namespace?: string;
  readonly object?: ObjectReference;
  readonly container?: string;
  readonly workload?: WorkloadReference;
  /** A Helm release, at the revision that the node shows. */
  readonly release?: { readonly name: string; readonly revision: number };
  /** An object among those that were compared with the workspace. */
  readonly drift?: { readonly kind: string; readonly namespace: string | undefined; readonly name: string };
  /** The number of a port-forward. */
  readonly forward?: number;
}

/** Where a node stands, and so what stands under it. `namespace` is undefined for all namespaces and for the cluster. */
export type Place =
  | { readonly kind: 'forwards' }
  | { readonly kind: 'context'; readonly context: string }
  | { readonly kind: 'namespace'; readonly context: string; readonly namespace: string | undefined }
  | { readonly kind: 'cluster'; readonly context: string }
  | { readonly kind: 'drift'; readonly context: string }
  | { readonly kind: 'drift group'; readonly context: string; readonly group: DriftGroup }
  | {
      readonly kind: 'category';
      readonly context: string;
      readonly namespace: string | undefined;
      readonly category: ServedCategory;
    }
  | {
      readonly kind: 'type';
      readonly context: string;
      readonly namespace: string | undefined;
      readonly type: ResourceType;
    }
  | {
      readonly kind: 'object';
      readonly context: string;
      /** The namespace under which the object is shown. */
      readonly namespace: string | undefined;
      readonly category: ServedCategory;
      readonly object: KubeObject;
    };

/** One line of the cluster view, as plain data. */
export interface ClusterNode {
  /** Unique in the view, and stable while the thing is there: the ids above it, joined by `/`. */
  readonly id: string;
  readonly label: string;
  /** The state in words, for those who see no icon, too. */
  readonly description: string;
  readonly tooltip: string;
  /** The name of a codicon and, where the state has a colour, of a theme colour. */
  readonly icon: { readonly name: string; readonly color?: string };
  /** What menus look at: `pod`, `workload.scalable.watchable`, and so on. */
  readonly contextValue: string;
  readonly argument?: ClusterArgument;
  /** Given for a node that can be opened. */
  readonly place?: Place;
  /** What a click does, where it does more than open. */
  readonly command?: { readonly id: string; readonly title: string };
}
