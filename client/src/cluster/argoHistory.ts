import type { ApplicationResource, ApplicationSource, ArgoApplication } from './argoApplication.ts';
import { Failure } from './failure.ts';
import type { KubeApi } from './kubeApi.ts';
import { type WorkloadReference, workloadPath } from './workloadReference.ts';

/** One deployment that Argo CD remembers of an application. */
export interface ApplicationDeployment {
  readonly id: number;
  /** The commits or chart versions, one for each source. */
  readonly revisions: readonly string[];
  readonly deployedAt: string | undefined;
}

interface HistoryEntry {
  readonly id?: number;
  readonly revision?: string;
  readonly revisions?: readonly string[];
  readonly source?: ApplicationSource;
  readonly sources?: readonly ApplicationSource[];
  readonly deployedAt?: string;
}

/** The deployments that can be gone back to, the newest first; the newest is what runs. */
export function applicationHistory(application: ArgoApplication): readonly ApplicationDeployment[] {
  return historyOf(application)
    .flatMap(({ deployedAt, id, revision, revisions }): ApplicationDeployment[] => {
      if (id === undefined) return [];
      return [{ id, revisions: revisions ?? (revision ? [revision] : []), deployedAt }];
    })
    .sort((a, b) => b.id - a.id);
}

/** The objects in which the cluster differs from the application's source, as Argo CD last compared them. */
export function outOfSync(application: ArgoApplication): readonly ApplicationResource[] {
  return (application.status?.resources ?? []).filter(
    ({ requiresPruning, status }) => status === 'OutOfSync' || requiresPruning,
  );
}

/** Has Argo CD compare an application anew; `hard` also renders its manifests anew. Its controller takes the mark away. */
export async function refreshApplication(
  api: KubeApi,
  reference: WorkloadReference,
  mode: 'normal' | 'hard',
  signal: AbortSignal,
): Promise<void> {
  const annotations = { 'argocd.argoproj.io/refresh': mode };
  await api.patch(workloadPath(reference), { metadata: { annotations } }, { type: 'merge' }, signal);
}

/**
 * Asks Argo CD to deploy again what it deployed before, from the source as it was then. Nothing is pruned. Refused with
 * `conflict` while a sync is under way, and where the application syncs by itself, which would undo it at once.
 */
export async function rollBackApplication(
  api: KubeApi,
  reference: WorkloadReference,
  id: number,
  signal: AbortSignal,
): Promise<ApplicationDeployment> {
  const path = workloadPath(reference);
  const live = (await api.get(path, signal)) as ArgoApplication;
  const named = `Application ${reference.namespace}/${reference.name}`;
  const phase = live.status?.operationState?.phase;
  if (live.operation !== undefined || phase === 'Running' || phase === 'Terminating') {
    throw new Failure('conflict', `${named} is being synced already.`, {
      advice: 'Watch it, or terminate that sync first.',
    });
  }
  const automated = live.spec?.syncPolicy?.automated;
  if (automated && automated.enabled !== false) {
    throw new Failure('conflict', `${named} syncs by itself, so a rollback would be undone at once.`, {
      advice: 'Revert the change in its source, or turn automated sync off first.',
    });
  }
  const entry = historyOf(live).find((each) => each.id === id);
  const deployment = applicationHistory(live).find((each) => each.id === id);
  if (!entry || !deployment) {
    const kept =
      applicationHistory(live)
        .map((each) => each.id)
        .join(', ') || 'none';
    throw new Failure('not-found', `${named} has no deployment ${id}.`, { advice: `Argo CD keeps these: ${kept}.` });
  }
  const { revision, revisions, source, sources } = entry;
  const operation = {
    initiatedBy: { username: 'slipway' },
    info: [{ name: 'Rollback', value: `to deployment ${id}` }],
    sync: {
      prune: false,
      syncStrategy: { apply: {} },
      ...(revision ? { revision } : {}),
      ...(revisions ? { revisions } : {}),
      ...(source ? { source } : {}),
      ...(sources ? { sources } : {}),
    },
  };
  const { resourceVersion } = live.metadata;
  await api.patch(path, { metadata: { resourceVersion }, operation }, { type: 'merge' }, signal);
  return deployment;
}

function historyOf({ status }: ArgoApplication): readonly HistoryEntry[] {
  return (status?.history ?? []) as readonly HistoryEntry[];
}
