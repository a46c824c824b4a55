/** Where in a manifest the cause of a trouble stands, such as `['spec', 'template', 'spec', 'containers', 0, 'image']`. */
export type FieldPath = readonly (string | number)[];

/** What keeps a rollout from going on, in Kubernetes' own terms where it has one. */
export type TroubleCode =
  | 'ClaimPending'
  | 'ComparisonFailed'
  | 'CrashLoopBackOff'
  | 'CreateContainerConfigError'
  | 'CreateContainerError'
  | 'DeadlineExceeded'
  | 'Degraded'
  | 'ErrImagePull'
  | 'Evicted'
  | 'FailedCreate'
  | 'FailedMount'
  | 'HookFailed'
  | 'InvalidImageName'
  | 'JobFailed'
  | 'NotReady'
  | 'OOMKilled'
  | 'ProbeFailing'
  | 'QuotaExceeded'
  | 'RolloutDegraded'
  | 'SyncFailed'
  | 'Unschedulable';

/** One thing that keeps a rollout from going on. */
export interface Trouble {
  readonly code: TroubleCode;
  /** One sentence with the person's own names. */
  readonly message: string;
  /** The words of Kubernetes or of the container. */
  readonly said: string;
  readonly advice: string;
  readonly pod?: string;
  readonly container?: string;
  /** The last line that the container wrote before it ended. */
  readonly lastLogLine?: string;
  /** The field of the workload that is to be changed or looked at first. */
  readonly path: FieldPath;
  /** True when waiting does not cure it, so that the rollout counts as failed. */
  readonly grave: boolean;
}
