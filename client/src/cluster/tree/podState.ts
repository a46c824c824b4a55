import { type ContainerStatus, isPodReady, type Pod } from '../pod.ts';
import { podTroubles } from '../podTroubles.ts';
import type { Trouble } from '../trouble.ts';
import { counted, type StateInWords } from './stateInWords.ts';

const NO_LOGS: ReadonlyMap<string, string> = new Map();

/** What keeps a pod from being ready, told from the pod alone. */
export function troublesOfPod(pod: Pod, nowMilliseconds: number): Trouble[] {
  return podTroubles(pod, { template: pod.spec, events: [], logTails: NO_LOGS, nowMilliseconds });
}

/** The state of a pod: `running`, `CrashLoopBackOff, 3 restarts`, `terminating`. */
export function podState(pod: Pod, nowMilliseconds: number): StateInWords {
  const statuses = pod.status?.containerStatuses ?? [];
  const restarts = statuses.reduce((sum, { restartCount = 0 }) => sum + restartCount, 0);
  const note = restarts > 0 ? `, ${counted(restarts, 'restart')}` : '';
  if (pod.metadata.deletionTimestamp) return { words: `terminating${note}`, tone: 'off' };
  const phase = pod.status?.phase ?? 'Pending';
  if (phase === 'Succeeded') return { words: 'completed', tone: 'off' };
  if (isPodReady(pod)) return { words: `running${note}`, tone: 'good' };
  const [trouble] = troublesOfPod(pod, nowMilliseconds);
  const grave = trouble?.grave ?? false;
  if (phase === 'Failed')
    return { words: `failed: ${pod.status?.reason ?? trouble?.code ?? 'its containers ended'}`, tone: 'bad' };
  if (trouble && trouble.code !== 'NotReady') return { words: `${trouble.code}${note}`, tone: grave ? 'bad' : 'busy' };
  const waiting = statuses.map(({ state }) => state?.waiting?.reason).find((reason) => reason !== undefined);
  const words = phase === 'Running' ? 'not ready' : (waiting ?? phase.toLowerCase());
  return { words: `${words}${note}`, tone: 'busy' };
}

/** The state of one container: `running`, `waiting: ImagePullBackOff`, `ended with exit code 1`. */
export function containerState(status: ContainerStatus | undefined): StateInWords {
  if (!status) return { words: 'not started', tone: 'busy' };
  const { ready, restartCount = 0, state } = status;
  const note = restartCount > 0 ? `, ${counted(restartCount, 'restart')}` : '';
  if (state?.running)
    return { words: `${ready ? 'running' : 'running, not ready'}${note}`, tone: ready ? 'good' : 'busy' };
  if (state?.terminated) {
    const { exitCode = 0, reason } = state.terminated;
    const why = reason && reason !== 'Completed' && reason !== 'Error' ? `${reason}, ` : '';
    return { words: `${why}ended with exit code ${exitCode}${note}`, tone: exitCode === 0 ? 'off' : 'bad' };
  }
  const reason = state?.waiting?.reason;
  if (reason === undefined) return { words: `not started${note}`, tone: 'busy' };
  const isUsual = reason === 'ContainerCreating' || reason === 'PodInitializing';
  return { words: `${isUsual ? reason : `waiting: ${reason}`}${note}`, tone: isUsual ? 'busy' : 'bad' };
}
