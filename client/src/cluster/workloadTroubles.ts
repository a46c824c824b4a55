import { podSpecFieldPath } from './containerPath.ts';
import { eventsAbout, type KubeEvent } from './kubeEvent.ts';
import type { Condition, KubeObject } from './kubeObject.ts';
import type { Trouble } from './trouble.ts';
import type { Workload } from './workload.ts';

/** How long a refused pod may be refused: a rolling update frees quota while it goes on. */
const patienceForQuotaMilliseconds = 20_000;

/**
 * Why the controller cannot create pods: quota, admission, a missing service account. Read from the workload's
 * `ReplicaFailure` condition and from the events of those that create its pods.
 */
export function creationTroubles(
  workload: Workload,
  creators: readonly KubeObject[],
  events: readonly KubeEvent[],
  podsExpected: boolean,
  nowMilliseconds: number,
): Trouble[] {
  const condition = workload.status?.conditions?.find(
    ({ type, status }) => type === 'ReplicaFailure' && status === 'True',
  );
  const event = podsExpected
    ? creators.flatMap((creator) => eventsAbout(creator, events)).find(({ reason }) => reason === 'FailedCreate')
    : undefined;
  const said = condition?.message ?? event?.message;
  if (said === undefined) return [];
  const since = Date.parse(condition?.lastTransitionTime ?? event?.firstTimestamp ?? '') || nowMilliseconds;
  const grave = nowMilliseconds - since >= patienceForQuotaMilliseconds;
  const name = workload.metadata.name;
  if (/exceeded quota|failed quota/i.test(said)) {
    const tooMuch = /requested: ([\w./-]+?)=/.exec(said)?.[1] ?? /must specify ([\w./,-]+)/.exec(said)?.[1] ?? '';
    return [
      {
        code: 'QuotaExceeded',
        message: `The quota of namespace ${workload.metadata.namespace ?? 'default'} refuses the pods of ${name}.`,
        said,
        advice: 'Lower the requests or the replicas, or raise the ResourceQuota.',
        path: /^(pods|count\/)/.test(tooMuch) ? ['spec', 'replicas'] : podSpecFieldPath('containers', 0, 'resources'),
        grave,
      },
    ];
  }
  const account = /serviceaccount "?[^\s"]+"? not found/i.test(said);
  return [
    {
      code: 'FailedCreate',
      message: `The pods of ${name} are refused.`,
      said,
      advice: account
        ? 'Create the ServiceAccount, or correct its name.'
        : 'Change the pod template as the cluster asks.',
      path: account ? podSpecFieldPath('serviceAccountName') : podSpecFieldPath(),
      grave,
    },
  ];
}

/** The condition of that type, when it is there. */
export function conditionOf(workload: Workload, type: string): Condition | undefined {
  return workload.status?.conditions?.find((condition) => condition.type === type);
}
