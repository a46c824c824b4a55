import type { Condition, KubeObject } from './kubeObject.ts';

/** Where an Argo CD application takes its objects from. */
export interface ApplicationSource {
  readonly repoURL?: string;
  readonly path?: string;
  readonly chart?: string;
  readonly targetRevision?: string;
  /** The name under which another source takes files from this one. */
  readonly ref?: string;
  readonly directory?: { readonly recurse?: boolean; readonly include?: string; readonly exclude?: string };
  readonly kustomize?: Readonly<Record<string, unknown>>;
  readonly helm?: {
    readonly releaseName?: string;
    readonly namespace?: string;
    readonly valueFiles?: readonly string[];
    readonly ignoreMissingValueFiles?: boolean;
    readonly values?: string;
    readonly valuesObject?: object;
    readonly parameters?: readonly { readonly name: string; readonly value?: string; readonly forceString?: boolean }[];
    readonly fileParameters?: readonly { readonly name: string; readonly path: string }[];
    readonly skipCrds?: boolean;
    readonly skipTests?: boolean;
  };
  readonly plugin?: object;
}

/** Which differences of which objects Argo CD leaves alone. */
export interface IgnoredDifference {
  readonly group?: string;
  readonly kind: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly jsonPointers?: readonly string[];
  readonly jqPathExpressions?: readonly string[];
  readonly managedFieldsManagers?: readonly string[];
}

/** One object that an application keeps, as Argo CD sees it. */
export interface ApplicationResource {
  readonly group?: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly status?: string;
  readonly hook?: boolean;
  readonly requiresPruning?: boolean;
  readonly health?: { readonly status?: string; readonly message?: string };
}

/** What became of one object in a sync. */
export interface SyncedResource {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly status?: string;
  readonly message?: string;
  readonly hookType?: string;
  readonly hookPhase?: string;
}

/** The last sync, done or under way. */
export interface OperationState {
  /** `Running`, `Terminating`, `Succeeded`, `Failed` or `Error`. */
  readonly phase?: string;
  readonly message?: string;
  readonly startedAt?: string;
  readonly finishedAt?: string;
  readonly syncResult?: { readonly revision?: string; readonly resources?: readonly SyncedResource[] };
}

/** An Argo CD Application (argoproj.io/v1alpha1); every part of its status may be missing. */
export interface ArgoApplication extends KubeObject {
  readonly spec?: {
    readonly source?: ApplicationSource;
    readonly sources?: readonly ApplicationSource[];
    readonly destination?: { readonly server?: string; readonly name?: string; readonly namespace?: string };
    readonly ignoreDifferences?: readonly IgnoredDifference[];
    readonly sourceHydrator?: object;
    readonly syncPolicy?: { readonly automated?: { readonly enabled?: boolean } };
  };
  /** A sync that was asked for and that the controller has not taken up yet. */
  readonly operation?: unknown;
  readonly status?: {
    readonly sync?: {
      readonly status?: string;
      readonly revision?: string;
      readonly comparedTo?: { readonly source?: ApplicationSource; readonly sources?: readonly ApplicationSource[] };
    };
    readonly health?: { readonly status?: string; readonly message?: string };
    readonly operationState?: OperationState;
    readonly resources?: readonly ApplicationResource[];
    readonly history?: readonly { readonly id?: number; readonly revision?: string }[];
    readonly conditions?: readonly Pick<Condition, 'type' | 'message' | 'lastTransitionTime'>[];
    readonly summary?: { readonly images?: readonly string[] };
  };
}

/** True for an application of Argo CD; the kind `Application` of others is none. */
export function isArgoApplication(object: KubeObject): object is ArgoApplication {
  return object.kind === 'Application' && object.apiVersion.startsWith('argoproj.io/');
}
