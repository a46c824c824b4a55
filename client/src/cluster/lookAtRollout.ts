import { applicationProgress } from './applicationProgress.ts';
import type { ArgoApplication } from './argoApplication.ts';
import type { Clock } from './clock.ts';
import { Failure } from './failure.ts';
import type { KubeApi, Selection } from './kubeApi.ts';
import type { KubeEvent } from './kubeEvent.ts';
import type { KubeObject } from './kubeObject.ts';
import { LogTails } from './logTails.ts';
import { PendingClaims } from './pendingClaims.ts';
import type { Pod } from './pod.ts';
import { collectionPath, type ResourceType, wellKnownTypes } from './resourceType.ts';
import { type RolloutProgress, rolloutProgress } from './rolloutProgress.ts';
import { keeperType, workloadSelector } from './rolloutSelection.ts';
import type { Workload } from './workload.ts';
import { type WorkloadReference, workloadPath } from './workloadReference.ts';

/**
 * How far a workload's rollout is at this moment, by one request per kind. Nothing is watched. Kinds that this user may
 * not read are left out, as in a watch. Throws what reading the workload itself throws.
 */
export async function lookAtRollout(
  api: KubeApi,
  reference: WorkloadReference,
  clock: Clock,
  signal: AbortSignal,
): Promise<RolloutProgress> {
  const workload = (await api.get(workloadPath(reference), signal)) as Workload;
  if (reference.kind === 'Application') {
    return applicationProgress(workload as ArgoApplication, clock.now(), clock.now());
  }
  let complete = true;
  const read = async (type: ResourceType, selection: Selection, needed: boolean): Promise<readonly KubeObject[]> => {
    try {
      return (await api.list(collectionPath(type, reference.namespace), selection, signal)).items;
    } catch (error) {
      if (!(error instanceof Failure) || error.kind !== 'forbidden') throw error;
      if (needed) complete = false;
      return [];
    }
  };
  const selection = { labelSelector: workloadSelector(workload) };
  const pods = (await read(wellKnownTypes.pods, selection, true)) as readonly Pod[];
  const revisions = reference.kind === 'Job' ? [] : await read(keeperType(reference.kind), selection, true);
  const events = (await read(wellKnownTypes.events, { fieldSelector: 'type=Warning' }, false)) as readonly KubeEvent[];
  const logTails = await new LogTails(api, reference.namespace).read(pods, signal);
  const claims = await new PendingClaims(api, reference.namespace, clock).read(pods, signal);
  const now = clock.now();
  const startedAtMilliseconds = now;
  return rolloutProgress(workload, {
    pods,
    revisions,
    events,
    logTails,
    claims,
    complete,
    startedAtMilliseconds,
    nowMilliseconds: now,
  });
}
