/** A release by name; context and namespace are always said. */
export interface ReleaseReference {
  readonly context: string;
  readonly namespace: string;
  readonly name: string;
}

/** A chart that is to run as a release. Paths are absolute. */
export interface ReleaseRequest extends ReleaseReference {
  readonly chartFolder: string;
  /** As after `helm upgrade --values`: a later one overrides an earlier one. */
  readonly valuesFiles: readonly string[];
}

/** A release as Helm keeps it, or as it would be. */
export interface HelmRelease {
  readonly revision: number;
  /** Helm's own word: `deployed`, `failed`, `pending-upgrade` and so on. */
  readonly status: string;
  /** The objects as YAML, hooks left out. It can hold the values of Secrets: never shown, logged or told. */
  readonly manifest: string;
}

/** The user's own `helm`. Every method throws a `Failure` and nothing else. */
export interface HelmEngine {
  /** What an install or upgrade would make, asked of Helm and the API server; nothing is changed. */
  preview(request: ReleaseRequest, signal: AbortSignal): Promise<HelmRelease>;
  /** The release as it is; undefined where there is none. */
  current(reference: ReleaseReference, signal: AbortSignal): Promise<HelmRelease | undefined>;
  /** The newest revision that was deployed in good order; undefined where there is none. */
  lastDeployed(reference: ReleaseReference, signal: AbortSignal): Promise<number | undefined>;
  /** Installs or upgrades, and runs the hooks; it does not wait for workloads. */
  upgrade(request: ReleaseRequest, timeoutMilliseconds: number, signal: AbortSignal): Promise<HelmRelease>;
  rollback(reference: ReleaseReference, revision: number, signal: AbortSignal): Promise<void>;
  uninstall(reference: ReleaseReference, signal: AbortSignal): Promise<void>;
}
