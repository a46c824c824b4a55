import type { ArgoApplication } from './argoApplication.ts';
import { Failure } from './failure.ts';
import type { KubeApi } from './kubeApi.ts';
import { type WorkloadReference, workloadPath } from './workloadReference.ts';

/** How an application is synced. */
export interface SyncOptions {
  /** The commit, tag or branch in place of the application's own target. */
  readonly revision?: string;
  /** Deletes what is gone from the source. */
  readonly prune: boolean;
}

/**
 * Asks Argo CD to sync an application, through the Application itself: no login to Argo CD is needed, and its controller
 * does the work. Refused with `conflict` while another sync is asked for or under way.
 */
export async function syncApplication(
  api: KubeApi,
  reference: WorkloadReference,
  { prune, revision }: SyncOptions,
  signal: AbortSignal,
): Promise<void> {
  const path = workloadPath(reference);
  const live = (await api.get(path, signal)) as ArgoApplication;
  const phase = live.status?.operationState?.phase;
  if (live.operation !== undefined || phase === 'Running' || phase === 'Terminating') {
    throw new Failure('conflict', `Application ${reference.namespace}/${reference.name} is being synced already.`, {
      said: live.status?.operationState?.message ?? '',
      advice: 'Watch it, or terminate that sync first.',
    });
  }
  const operation = {
    initiatedBy: { username: 'slipway' },
    sync: { prune, syncStrategy: { hook: {} }, ...(revision === undefined ? {} : { revision }) },
  };
  // With the version that was looked at, two syncs that are asked for at once do not overwrite each other.
  const { resourceVersion } = live.metadata;
  await api.patch(path, { metadata: { resourceVersion }, operation }, { type: 'merge' }, signal);
}
