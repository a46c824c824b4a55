import { findContainer, podSpecFieldPath, volumePath } from './containerPath.ts';
import type { KubeEvent } from './kubeEvent.ts';
import { type ClaimState, claimNames, waitsForClaim } from './pendingClaims.ts';
import type { Pod, PodSpec } from './pod.ts';
import { isPatienceOver, type PodSurroundings } from './podSurroundings.ts';
import type { FieldPath, Trouble } from './trouble.ts';

/** A pod that its node ended: what it used too much of, and which field says how much it may. */
export function evicted(pod: Pod, around: PodSurroundings): Trouble | undefined {
  if (pod.status?.phase !== 'Failed' || !pod.status.reason) return undefined;
  const said = pod.status.message ?? '';
  const container = /[Cc]ontainer (\S+) was using/.exec(said)?.[1] ?? /[Cc]ontainer (\S+) exceeded/.exec(said)?.[1];
  const resource =
    /low on resource: ([\w-]+)/.exec(said)?.[1] ?? (/ephemeral/.test(said) ? 'ephemeral-storage' : undefined);
  const found = container === undefined ? undefined : findContainer(around.template, container);
  const resources = found?.container.resources;
  const list = (['limits', 'requests'] as const).find(
    (name) => resource !== undefined && resource in (resources?.[name] ?? {}),
  );
  const base = found?.path ?? podSpecFieldPath('containers', 0);
  return {
    code: 'Evicted',
    message: `Pod ${pod.metadata.name} was ended by its node (${pod.status.reason}).`,
    said,
    advice:
      resource === undefined
        ? 'Look at the resources of the node and the requests of the containers.'
        : `Request as much ${resource} as the pod needs, so that it gets a node that has it, or make it need less.`,
    pod: pod.metadata.name,
    ...(container === undefined ? {} : { container }),
    path: [...base, 'resources', ...(list && resource !== undefined ? [list, resource] : [])],
    grave: false,
  };
}

/** A pod that no node can take: for what it asks, or for a claim that has no volume. */
export function unschedulable(pod: Pod, around: PodSurroundings): Trouble | undefined {
  const condition = pod.status?.conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False');
  if (condition?.reason !== 'Unschedulable') return undefined;
  const said = condition.message ?? '';
  const ofClaim = waitsForClaim(pod) ? claimPending(pod, said, around) : undefined;
  if (ofClaim) return ofClaim;
  return {
    code: 'Unschedulable',
    message: `No node can take pod ${pod.metadata.name}.`,
    said,
    advice: 'Lower the requests, loosen the placement rules, or add a node.',
    pod: pod.metadata.name,
    path: schedulingPath(said, around.template),
    grave: false,
  };
}

/** The claim that a pod waits for, with the words of whoever should give it a volume. */
function claimPending(pod: Pod, said: string, around: PodSurroundings): Trouble | undefined {
  const named = /persistentvolumeclaim "([^"]+)"/i.exec(said)?.[1];
  const candidates = named === undefined ? claimNames(pod) : [named];
  const name = candidates.find((candidate) => around.claims?.get(candidate)?.phase !== 'Bound') ?? named;
  if (name === undefined) return undefined;
  const claim = around.claims?.get(name);
  const isMissing = claim?.phase === 'missing' || (!claim && /persistentvolumeclaim "[^"]+" not found/i.test(said));
  return {
    code: 'ClaimPending',
    message: isMissing
      ? `Pod ${pod.metadata.name} waits for PersistentVolumeClaim ${name}, which is not there.`
      : `Pod ${pod.metadata.name} waits for PersistentVolumeClaim ${name}, which has no volume.`,
    said: [claim?.said, said].filter(Boolean).join('\n'),
    advice: adviceForClaim(claim, isMissing),
    pod: pod.metadata.name,
    path: claimPath(name, pod, around),
    grave: (isMissing || /not found|no storage class is set/i.test(claim?.said ?? '')) && isPatienceOver(pod, around),
  };
}

function adviceForClaim(claim: ClaimState | undefined, isMissing: boolean): string {
  if (isMissing) return 'Create the claim, or correct its name.';
  if (/storageclass\S* "[^"]*" not found/i.test(claim?.said ?? '')) {
    return `Name a StorageClass that the cluster has instead of ${claim?.storageClass}.`;
  }
  if (/no storage class is set/i.test(claim?.said ?? '')) {
    return 'Name a StorageClass, mark one as the default, or create a PersistentVolume that fits.';
  }
  return 'Look at the StorageClass and its provisioner, or create a PersistentVolume that fits.';
}

/** The volume of the pod template, or the template of a StatefulSet's claims that this one was made from. */
function claimPath(name: string, pod: Pod, { claimTemplates = [], template }: PodSurroundings): FieldPath {
  const volume = template?.volumes?.findIndex((candidate) => candidate.persistentVolumeClaim?.claimName === name) ?? -1;
  if (volume >= 0) return podSpecFieldPath('volumes', volume, 'persistentVolumeClaim', 'claimName');
  const made = claimTemplates.findIndex((candidate) => name === `${candidate}-${pod.metadata.name}`);
  return made >= 0 ? ['spec', 'volumeClaimTemplates', made, 'spec'] : podSpecFieldPath();
}

/** The scheduler's complaint, mapped to the field that asks for what no node has. */
function schedulingPath(said: string, template: PodSpec | undefined): FieldPath {
  const resource = /Insufficient ([\w/-]+(?:\.[\w/-]+)*)/.exec(said)?.[1];
  if (resource) {
    const index = template?.containers.findIndex(({ resources }) => resource in (resources?.requests ?? {})) ?? -1;
    return index >= 0
      ? podSpecFieldPath('containers', index, 'resources', 'requests', resource)
      : podSpecFieldPath('containers', 0, 'resources');
  }
  if (/persistentvolumeclaim|unbound|volume node affinity/i.test(said)) {
    const index = template?.volumes?.findIndex(({ persistentVolumeClaim: claim }) => claim) ?? -1;
    return index >= 0 ? podSpecFieldPath('volumes', index, 'persistentVolumeClaim') : podSpecFieldPath();
  }
  if (/node selector|node affinity|affinity\/selector/i.test(said)) {
    return podSpecFieldPath(template?.nodeSelector ? 'nodeSelector' : template?.affinity ? 'affinity' : 'containers');
  }
  if (/taint/i.test(said)) return template?.tolerations ? podSpecFieldPath('tolerations') : podSpecFieldPath();
  return podSpecFieldPath();
}

/** A pod on its node that waits for a volume to be mounted or attached. */
export function failedMount(pod: Pod, events: readonly KubeEvent[], around: PodSurroundings): Trouble | undefined {
  if (pod.status?.containerStatuses?.some(({ state }) => state?.running)) return undefined;
  const event = events.find(({ reason }) => reason === 'FailedMount' || reason === 'FailedAttachVolume');
  if (!event) return undefined;
  const said = event.message ?? '';
  return {
    code: 'FailedMount',
    message: `Pod ${pod.metadata.name} waits for a volume.`,
    said,
    advice: 'Create what the volume names, or correct the name.',
    pod: pod.metadata.name,
    path: volumePath(around.template, said),
    grave: /not found|references non-existent/i.test(said) && isPatienceOver(pod, around),
  };
}
