import type { ApplySet } from '../cluster/applySet.ts';
import type { SyncOptions } from '../cluster/syncApplication.ts';
import type { WorkloadReference } from '../cluster/workloadReference.ts';
import type { BuildRequest } from './buildRequest.ts';
import type { ContainerTestFile } from './containerTest.ts';
import type { ImageSubstitution } from './intent.ts';
import type { ManifestDocument } from './manifest.ts';
import type { ReleaseRequest } from './release/helmEngine.ts';

interface AnyStep {
  /** Unique within its plan, and stable: the same intent gives the same ids. */
  readonly id: string;
  /** What it does, as a short sentence with its target in it. */
  readonly title: string;
}

/** Looks whether the registry already has the version that is to be pushed, before time goes into a build. */
export interface CheckVersion extends AnyStep {
  readonly kind: 'check-version';
  readonly engine: string;
  readonly reference: string;
  readonly overwrite: boolean;
}

/** Builds an image. */
export interface BuildImage extends AnyStep {
  readonly kind: 'build-image';
  readonly engine: string;
  readonly request: BuildRequest;
}

/** Runs container tests against an image in the engine's store. */
export interface TestImage extends AnyStep {
  readonly kind: 'test-image';
  readonly engine: string;
  readonly reference: string;
  readonly tests: readonly ContainerTestFile[];
}

/** Pushes an image and reads its digest back. */
export interface PushImage extends AnyStep {
  readonly kind: 'push-image';
  readonly engine: string;
  readonly reference: string;
  readonly overwrite: boolean;
}

interface ClusterStep extends AnyStep {
  readonly context: string;
}

/** What may keep a step from changing a cluster: a protected context whose name was not given. */
interface GuardedStep extends ClusterStep {
  /** The pattern that protects the context, when one does. */
  readonly protectedBy?: string;
  readonly confirmedContext?: string;
}

/** Asks the API server what applying would do, and changes nothing. */
export interface DryRun extends ClusterStep {
  readonly kind: 'dry-run';
  readonly namespace: string;
  readonly documents: readonly ManifestDocument[];
  readonly images: readonly ImageSubstitution[];
  readonly force: boolean;
  /** The set that the objects are members of, so that what goes from the manifests can go from the cluster. */
  readonly set?: ApplySet;
}

/** Applies objects by server-side apply, in the order in which they stand. */
export interface Apply extends GuardedStep {
  readonly kind: 'apply';
  readonly namespace: string;
  readonly documents: readonly ManifestDocument[];
  readonly images: readonly ImageSubstitution[];
  readonly force: boolean;
  readonly set?: ApplySet;
}

/** Deletes the members of a set that are no longer among its documents, after asking. */
export interface Prune extends GuardedStep {
  readonly kind: 'prune';
  readonly namespace: string;
  readonly set: ApplySet;
  /** What stays; only kinds and names of them count. */
  readonly documents: readonly ManifestDocument[];
}

/** Asks Helm what an install or upgrade would change, and changes nothing. */
export interface ReviewRelease extends ClusterStep {
  readonly kind: 'review-release';
  readonly release: ReleaseRequest;
}

/** Installs or upgrades a release and watches its workloads. */
export interface UpgradeRelease extends GuardedStep {
  readonly kind: 'upgrade-release';
  readonly namespace: string;
  readonly release: ReleaseRequest;
  /** Absent where nobody waits for the workloads. */
  readonly watch?: { readonly timeoutMilliseconds: number; readonly undoOnFailure: boolean };
}

/** Watches a rollout to its end. */
export interface WatchRollout extends GuardedStep {
  readonly kind: 'watch-rollout';
  readonly workload: WorkloadReference;
  readonly timeoutMilliseconds: number;
  readonly undoOnFailure: boolean;
  readonly manifest?: { readonly file: string; readonly documentIndex: number };
}

/** Asks Argo CD to sync an application. */
export interface SyncApplication extends GuardedStep {
  readonly kind: 'sync-application';
  readonly workload: WorkloadReference;
  readonly sync: SyncOptions;
}

/** Takes a workload back to a former revision. */
export interface Undo extends GuardedStep {
  readonly kind: 'undo';
  readonly workload: WorkloadReference;
  readonly toRevision?: number;
}

/** One thing that a delivery does: plain data, which can be shown before it runs. */
export type Step =
  | CheckVersion
  | BuildImage
  | TestImage
  | PushImage
  | DryRun
  | Apply
  | WatchRollout
  | Undo
  | Prune
  | SyncApplication
  | ReviewRelease
  | UpgradeRelease;
