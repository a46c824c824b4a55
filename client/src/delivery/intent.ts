import type { ApplySet } from '../cluster/applySet.ts';
import type { SyncOptions } from '../cluster/syncApplication.ts';
import type { WorkloadReference } from '../cluster/workloadReference.ts';
import type { BuildRequest } from './buildRequest.ts';
import type { ContainerTestFile } from './containerTest.ts';
import type { ManifestDocument } from './manifest.ts';
import type { ReleaseRequest } from './release/helmEngine.ts';

/** Puts an image in the place of every image of a repository, in all workloads that are deployed. */
export interface ImageSubstitution {
  /** The repository as the manifests write it, without tag and digest. */
  readonly repository: string;
  /** The reference to write instead. */
  readonly reference: string;
  /** Adds the digest of the push of this delivery, so that exactly this image runs. */
  readonly pinDigest: boolean;
}

/** What is to be deployed, where, and with which caution. */
export interface DeployIntent {
  readonly context: string;
  /** The namespace of the documents that name none. */
  readonly namespace: string;
  readonly documents: readonly ManifestDocument[];
  readonly images?: readonly ImageSubstitution[];
  /** Takes over fields that others own. Only ever set by the person's own choice. */
  readonly force?: boolean;
  /** Keeps what is applied as a set. `prune` deletes, at the end, the members that are gone from the documents. */
  readonly set?: ApplySet & { readonly prune: boolean };
  /** Ends after the review: nothing is written. */
  readonly reviewOnly?: boolean;
  /** Patterns of contexts that ask for their name. */
  readonly protectedContexts?: readonly string[];
  /** The name of the context as the person typed it. */
  readonly confirmedContext?: string;
  /** Watches the rollouts that the deployment starts; absent when nothing is to be watched. */
  readonly watch?: { readonly timeoutMilliseconds: number; readonly undoOnFailure: boolean };
}

/** A chart that is to be installed or upgraded as a release. */
export interface ReleaseIntent {
  readonly release: ReleaseRequest;
  /** Ends after the review: nothing is written. */
  readonly reviewOnly?: boolean;
  readonly protectedContexts?: readonly string[];
  readonly confirmedContext?: string;
  /** Watches the workloads; `undoOnFailure` takes the release back to its former revision. */
  readonly watch?: { readonly timeoutMilliseconds: number; readonly undoOnFailure: boolean };
}

/** A rollout to watch that is already under way, or one to take back. */
export interface RolloutIntent {
  readonly context: string;
  readonly workload: WorkloadReference;
  readonly timeoutMilliseconds: number;
  /** Takes the workload back to a former revision first: to the named one, or to the one before. */
  readonly undo?: { readonly toRevision?: number };
  /** Asks Argo CD to sync first; for an Application only. */
  readonly sync?: SyncOptions;
  readonly protectedContexts?: readonly string[];
  readonly confirmedContext?: string;
  /** The manifest that the workload was deployed from, so that a failure can point into it. */
  readonly manifest?: { readonly file: string; readonly documentIndex: number };
}

/** What a person wants delivered, with every choice made. What is absent is not done. */
export interface DeliveryIntent {
  /** The name of the container engine, as `Engines.imageEngine` knows it. */
  readonly engine?: string;
  readonly build?: BuildRequest;
  readonly containerTests?: readonly ContainerTestFile[];
  /** Pushes a reference; `overwrite` allows it to replace a version that the registry has. */
  readonly push?: { readonly reference: string; readonly overwrite: boolean };
  readonly deploy?: DeployIntent;
  readonly release?: ReleaseIntent;
  readonly rollout?: RolloutIntent;
}
