import type { KubeObject } from '../kubeObject.ts';
import type { Pod } from '../pod.ts';
import type { Workload } from '../workload.ts';
import { conditionOf } from '../workloadTroubles.ts';
import { podState } from './podState.ts';
import type { StateInWords } from './stateInWords.ts';

/** The state of a workload and of the first of its pods that is in trouble: `1 of 2 ready, CrashLoopBackOff`. */
export function workloadState(workload: Workload, pods: readonly Pod[], nowMilliseconds: number): StateInWords {
  if (workload.kind === 'Job') return jobState(workload, pods, nowMilliseconds);
  const { spec, status } = workload;
  const desired = status?.desiredNumberScheduled ?? (workload.kind === 'DaemonSet' ? 0 : (spec?.replicas ?? 1));
  const ready = status?.numberReady ?? status?.readyReplicas ?? 0;
  if (workload.metadata.deletionTimestamp) return { words: 'terminating', tone: 'off' };
  if (desired === 0 && ready === 0) {
    return { words: workload.kind === 'DaemonSet' ? 'on no node' : 'scaled to 0', tone: 'off' };
  }
  const counts = `${ready} of ${desired} ready`;
  const trouble = firstTrouble(pods, nowMilliseconds);
  if (trouble) return { words: `${counts}, ${trouble}`, tone: 'bad' };
  const stuck = conditionOf(workload, 'Progressing');
  if (stuck?.status === 'False' && /DeadlineExceeded|TimedOut/.test(stuck.reason ?? '')) {
    return { words: `${counts}, no progress`, tone: 'bad' };
  }
  const refused = conditionOf(workload, 'ReplicaFailure');
  if (refused?.status === 'True') return { words: `${counts}, ${refused.reason ?? 'pods are refused'}`, tone: 'bad' };
  if (workload.kind === 'Rollout' && status?.phase && status.phase !== 'Healthy') {
    return { words: `${counts}, ${status.phase.toLowerCase()}`, tone: status.phase === 'Degraded' ? 'bad' : 'busy' };
  }
  if (spec?.paused) return { words: `${counts}, paused`, tone: 'busy' };
  const updated = status?.updatedReplicas ?? status?.updatedNumberScheduled ?? desired;
  if (updated < desired || Number(status?.observedGeneration ?? 0) < (workload.metadata.generation ?? 0)) {
    return { words: `${counts}, updating`, tone: 'busy' };
  }
  return { words: counts, tone: ready >= desired ? 'good' : 'busy' };
}

/** The state of a CronJob: its schedule, and what of it runs. */
export function cronJobState(cronJob: KubeObject): StateInWords {
  const spec = cronJob['spec'] as { schedule?: string; suspend?: boolean } | undefined;
  const status = cronJob['status'] as { active?: readonly unknown[] } | undefined;
  const schedule = spec?.schedule ?? '';
  if (spec?.suspend) return { words: `${schedule}, suspended`, tone: 'off' };
  const active = status?.active?.length ?? 0;
  return active > 0 ? { words: `${schedule}, ${active} running`, tone: 'busy' } : { words: schedule, tone: 'plain' };
}

function jobState(job: Workload, pods: readonly Pod[], nowMilliseconds: number): StateInWords {
  const failed = conditionOf(job, 'Failed');
  if (failed?.status === 'True') return { words: `failed: ${failed.reason ?? 'no reason given'}`, tone: 'bad' };
  if (conditionOf(job, 'Complete')?.status === 'True') return { words: 'completed', tone: 'off' };
  if (job.spec?.suspend) return { words: 'suspended', tone: 'off' };
  const wanted = job.spec?.completions ?? job.spec?.parallelism ?? 1;
  const counts = `${job.status?.succeeded ?? 0} of ${wanted} completed`;
  const trouble = firstTrouble(pods, nowMilliseconds);
  return trouble ? { words: `${counts}, ${trouble}`, tone: 'bad' } : { words: counts, tone: 'busy' };
}

/** The state of the first pod that is in trouble, in words. */
function firstTrouble(pods: readonly Pod[], nowMilliseconds: number): string | undefined {
  for (const pod of pods) {
    const { tone, words } = podState(pod, nowMilliseconds);
    if (tone === 'bad') return words;
  }
  return undefined;
}
