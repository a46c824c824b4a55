import type { ApplicationResource, ApplicationSource, ArgoApplication, OperationState } from './argoApplication.ts';
import type { RolloutOutcome } from './rolloutOutcome.ts';
import type { RolloutProgress } from './rolloutProgress.ts';
import type { FieldPath, Trouble, TroubleCode } from './trouble.ts';

/** How long a condition such as `ComparisonError` is waited out: the repository may not answer for a moment. */
const patienceMilliseconds = 20_000;

/**
 * How far an Argo CD application is. Its objects take the place of pods: `desired` are all of them, `updated` those in
 * sync, `ready` those in sync and healthy, `old` those that are out of sync. Pure.
 */
export function applicationProgress(
  application: ArgoApplication,
  startedAtMilliseconds: number,
  nowMilliseconds: number,
): RolloutProgress {
  const { metadata, status = {} } = application;
  const resources = (status.resources ?? []).filter(({ hook }) => !hook);
  const synced = resources.filter((resource) => resource.status === 'Synced');
  const troubles = applicationTroubles(application, nowMilliseconds);
  return {
    kind: application.kind,
    namespace: metadata.namespace ?? 'default',
    name: metadata.name,
    images: status.summary?.images ?? [],
    revision: status.history?.at(-1)?.id ?? 0,
    desired: resources.length,
    updated: synced.length,
    ready: synced.filter(isHealthy).length,
    available: resources.filter(isHealthy).length,
    old: resources.length - synced.length,
    elapsedMilliseconds: Math.max(0, nowMilliseconds - startedAtMilliseconds),
    outcome: outcomeOf(application, troubles),
    troubles,
  };
}

function isHealthy({ health }: ApplicationResource): boolean {
  return health?.status === undefined || health.status === 'Healthy';
}

function outcomeOf(application: ArgoApplication, troubles: readonly Trouble[]): RolloutOutcome {
  const { operation, spec = {}, status = {} } = application;
  const phase = status.operationState?.phase;
  const waiting = (waitingFor: string): RolloutOutcome => ({ state: 'progressing', waitingFor });
  if (operation !== undefined) return waiting('Argo CD to take up the sync');
  if (phase === 'Running' || phase === 'Terminating') {
    return waiting(status.operationState?.message || 'the sync to end');
  }
  const grave = troubles.find((trouble) => trouble.grave);
  if (grave) return { state: 'failed', reason: grave };
  if (!isCompared(application)) return waiting('Argo CD to compare the application with its source');
  if (status.sync?.status !== 'Synced') {
    const automated = spec.syncPolicy?.automated;
    const isAutomated = automated !== undefined && automated.enabled !== false;
    const count = (status.resources ?? []).filter((resource) => resource.status !== 'Synced').length;
    return waiting(isAutomated ? 'Argo CD to sync it by itself' : `a sync: ${count} of its objects are out of sync`);
  }
  const health = status.health?.status ?? 'Unknown';
  if (health === 'Healthy') return { state: 'done' };
  if (health === 'Suspended') return waiting('somebody to resume it: it is suspended');
  return waiting(status.health?.message || `its objects to become healthy: it is ${health}`);
}

/** True when Argo CD's opinion is about the source that the application names now. */
function isCompared({ spec = {}, status = {} }: ArgoApplication): boolean {
  if (status.sync?.status === undefined) return false;
  const { comparedTo } = status.sync;
  if (!comparedTo) return true;
  const wanted = spec.sources ?? (spec.source ? [spec.source] : []);
  const compared = comparedTo.sources ?? (comparedTo.source ? [comparedTo.source] : []);
  const same = (one: ApplicationSource, other: ApplicationSource | undefined): boolean =>
    (['repoURL', 'path', 'chart', 'targetRevision'] as const).every((key) => (one[key] ?? '') === (other?.[key] ?? ''));
  return wanted.length === compared.length && wanted.every((source, index) => same(source, compared[index]));
}

/** All that keeps an application from being in sync and healthy, the gravest first. */
function applicationTroubles({ metadata, spec = {}, status = {} }: ArgoApplication, now: number): Trouble[] {
  const sourcePath: FieldPath = ['spec', spec.sources ? 'sources' : 'source'];
  const trouble = (
    code: TroubleCode,
    message: string,
    said: string,
    advice: string,
    more: { path?: FieldPath; grave?: boolean } = {},
  ): Trouble => ({ code, message, said, advice, path: more.path ?? sourcePath, grave: more.grave ?? true });
  const troubles: Trouble[] = [];
  const operation = status.operationState;
  if (operation?.phase === 'Failed' || operation?.phase === 'Error') {
    const hook = operation.syncResult?.resources?.find(
      ({ hookPhase }) => hookPhase === 'Failed' || hookPhase === 'Error',
    );
    troubles.push(
      hook
        ? trouble(
            'HookFailed',
            `The ${hook.hookType ?? 'sync'} hook ${hook.kind} ${hook.name} of application ${metadata.name} failed.`,
            wordsOf(operation),
            'Read the log of its pod, then sync again.',
          )
        : trouble(
            'SyncFailed',
            `The sync of application ${metadata.name} failed.`,
            wordsOf(operation),
            'Correct what Argo CD names in the source, then sync again.',
          ),
    );
  }
  for (const { lastTransitionTime, message = '', type } of status.conditions ?? []) {
    if (!type.endsWith('Error')) continue;
    const lasts = now - (Date.parse(lastTransitionTime ?? '') || now) >= patienceMilliseconds;
    troubles.push(
      trouble(
        'ComparisonFailed',
        `Argo CD cannot compare application ${metadata.name} (${type}).`,
        message,
        adviceFor(message),
        {
          grave: lasts,
        },
      ),
    );
  }
  for (const { health, kind, name, namespace } of status.resources ?? []) {
    if (health?.status !== 'Degraded' && health?.status !== 'Missing') continue;
    const where = `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
    const isDegraded = health.status === 'Degraded' && status.health?.status === 'Degraded';
    troubles.push(
      trouble(
        'Degraded',
        `${where} of application ${metadata.name} is ${health.status.toLowerCase()}.`,
        health.message ?? '',
        'Look at the rollout of the object itself.',
        { grave: isDegraded },
      ),
    );
  }
  return troubles.sort((left, right) => Number(right.grave) - Number(left.grave));
}

function wordsOf({ message = '', syncResult }: OperationState): string {
  const failed = (syncResult?.resources ?? []).filter(
    ({ hookPhase, status }) => status === 'SyncFailed' || hookPhase === 'Failed' || hookPhase === 'Error',
  );
  const lines = failed.map(({ kind, message: words = '', name }) => `${kind} ${name}: ${words}`);
  return [message, ...lines].filter((text) => text !== '').join('\n');
}

function adviceFor(message: string): string {
  if (/authentication|permission denied|authorization failed/i.test(message)) {
    return 'Give Argo CD credentials for the repository.';
  }
  if (/app path does not exist|unable to resolve|not found/i.test(message)) {
    return 'Correct repoURL, path and targetRevision.';
  }
  return 'Correct the source; Argo CD tries again by itself.';
}
