import { containerFieldPath, findContainer, missingReferencePath } from './containerPath.ts';
import { containerOfEvent, eventsAbout, type KubeEvent } from './kubeEvent.ts';
import { type ContainerStatus, isPodReady, type Pod } from './pod.ts';
import { evicted, failedMount, unschedulable } from './podPlacementTroubles.ts';
import { isPatienceOver, type PodSurroundings } from './podSurroundings.ts';
import type { FieldPath, Trouble, TroubleCode } from './trouble.ts';

/** How often a container may crash before its rollout counts as failed: a dependency may come up a little later. */
const crashesForgiven = 2;

/** Everything that keeps a pod from becoming ready, the most telling first. A ready pod has none. */
export function podTroubles(pod: Pod, around: PodSurroundings): Trouble[] {
  if (isPodReady(pod) || pod.metadata.deletionTimestamp || pod.status?.phase === 'Succeeded') return [];
  const events = eventsAbout(pod, around.events);
  const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  const ofContainers = statuses.flatMap((status) => containerTrouble(pod, status, events, around) ?? []);
  const others = [evicted(pod, around), unschedulable(pod, around), failedMount(pod, events, around)];
  const found = [...ofContainers, ...others].filter((trouble) => trouble !== undefined);
  if (found.length > 0) return found.sort((left, right) => rank(left) - rank(right));
  return notReady(pod, statuses, around);
}

function rank(trouble: Trouble): number {
  return (trouble.grave ? 0 : 2) + (trouble.code === 'NotReady' ? 1 : 0);
}

function containerTrouble(
  pod: Pod,
  status: ContainerStatus,
  events: readonly KubeEvent[],
  around: PodSurroundings,
): Trouble | undefined {
  const waiting = status.state?.waiting;
  const reason = waiting?.reason ?? '';
  if (['ErrImagePull', 'ImagePullBackOff', 'ErrImageNeverPull', 'RegistryUnavailable'].includes(reason)) {
    return imagePull(pod, status, events, around);
  }
  const make = maker(pod, status, around);
  const said = waiting?.message ?? '';
  if (reason === 'InvalidImageName') {
    return make('InvalidImageName', `${imageOf(status, around)} is not a valid image name.`, said, {
      advice: 'Correct the image reference.',
      path: ['image'],
      grave: true,
    });
  }
  if (reason === 'CreateContainerConfigError') {
    return make(
      'CreateContainerConfigError',
      `${titleOf(status, around)} of pod ${pod.metadata.name} lacks its configuration.`,
      said,
      {
        advice: 'Create the Secret or ConfigMap, or correct the reference.',
        absolutePath: missingReferencePath(around.template, status.name, said),
        grave: isPatienceOver(pod, around),
      },
    );
  }
  const hook = hookFailing(status, events);
  if (hook || reason === 'PostStartHookError') {
    return make(
      'HookFailed',
      `The postStart hook of container ${status.name} of pod ${pod.metadata.name} fails.`,
      hook?.message ?? said,
      {
        advice: 'Run its command in the container; until it succeeds, the container is ended and started again.',
        path: ['lifecycle', 'postStart'],
        grave: (status.restartCount ?? 0) >= crashesForgiven,
      },
    );
  }
  if (['CreateContainerError', 'RunContainerError', 'PreCreateHookError'].includes(reason)) {
    return make('CreateContainerError', `${titleOf(status, around)} of pod ${pod.metadata.name} cannot start.`, said, {
      advice: 'Look at the command, the mounts and the security context.',
      path: findContainer(around.template, status.name)?.container.command ? ['command'] : [],
      grave: (status.restartCount ?? 0) >= crashesForgiven,
    });
  }
  return crash(pod, status, events, around) ?? probeFailing(pod, status, events, around);
}

function imagePull(pod: Pod, status: ContainerStatus, events: readonly KubeEvent[], around: PodSurroundings): Trouble {
  const waiting = status.state?.waiting;
  const pulls = events.filter(({ reason, message }) => reason === 'Failed' && /pull image/i.test(message ?? ''));
  const ofContainer = pulls.find((event) => containerOfEvent(event) === status.name) ?? pulls[0];
  const explains =
    /: /.test(waiting?.message ?? '') && !/^Back-off pulling image "[^"]*"$/.test(waiting?.message ?? '');
  const said = (explains ? waiting?.message : ofContainer?.message) ?? waiting?.message ?? '';
  const final = /not found|manifest unknown|denied|unauthorized|forbidden|no match for platform|no basic auth/i.test(
    said,
  );
  const advice = /denied|unauthorized|forbidden|no basic auth/i.test(said)
    ? 'Give the pod an imagePullSecret for this registry, or check the name of the image.'
    : final
      ? 'Push this image, or name one that exists.'
      : 'Check that the nodes reach the registry.';
  return maker(pod, status, around)(
    'ErrImagePull',
    `Image ${imageOf(status, around)} cannot be pulled for ${lowerTitleOf(status, around)} of pod ${pod.metadata.name}.`,
    said,
    { advice, path: ['image'], grave: final || waiting?.reason === 'ImagePullBackOff' },
  );
}

function crash(
  pod: Pod,
  status: ContainerStatus,
  events: readonly KubeEvent[],
  around: PodSurroundings,
): Trouble | undefined {
  const ended = status.state?.terminated ?? status.lastState?.terminated;
  const restarts = status.restartCount ?? 0;
  const crashing = status.state?.waiting?.reason === 'CrashLoopBackOff';
  if (!crashing && (!ended || (ended.exitCode === 0 && restarts === 0) || status.ready)) return undefined;
  if (isInit(status, around) && ended?.exitCode === 0 && !crashing) return undefined;
  const make = maker(pod, status, around);
  const grave = restarts >= crashesForgiven || pod.status?.phase === 'Failed';
  const lastLogLine = around.logTails.get(`${pod.metadata.name}/${status.name}`);
  const times = restarts > 0 ? ` and was restarted ${restarts === 1 ? 'once' : `${restarts} times`}` : '';
  if (ended?.reason === 'OOMKilled') {
    return make(
      'OOMKilled',
      `${titleOf(status, around)} of pod ${pod.metadata.name} needed more memory than its limit${times}.`,
      ended.message ?? '',
      {
        advice: 'Raise the memory limit, or make the program need less.',
        path: memoryPath(status, around),
        grave,
        lastLogLine,
      },
    );
  }
  const liveness = events.find(
    ({ reason, message }) => reason === 'Unhealthy' && /^(Liveness|Startup) probe/.test(message ?? ''),
  );
  if (liveness && (ended?.exitCode === 137 || ended?.exitCode === 143 || ended?.exitCode === 0)) {
    const probe = /^Startup/.test(liveness.message ?? '') ? 'startupProbe' : 'livenessProbe';
    return make(
      'ProbeFailing',
      `The ${probe} of container ${status.name} of pod ${pod.metadata.name} fails${times}.`,
      liveness.message ?? '',
      { advice: 'Check the port, path and delays of the probe.', path: [probe], grave, lastLogLine },
    );
  }
  const how = ended?.signal
    ? `was ended by signal ${ended.signal}`
    : ended?.exitCode === undefined
      ? 'keeps ending'
      : `ended with exit code ${ended.exitCode}`;
  return make(
    'CrashLoopBackOff',
    `${titleOf(status, around)} of pod ${pod.metadata.name} ${how}${times}.`,
    ended?.message ?? '',
    {
      advice: 'Read the log of the former run.',
      path: findContainer(around.template, status.name)?.container.command ? ['command'] : ['image'],
      grave,
      lastLogLine,
    },
  );
}

function memoryPath(status: ContainerStatus, around: PodSurroundings): FieldPath {
  const limits = findContainer(around.template, status.name)?.container.resources?.limits;
  return limits && 'memory' in limits ? ['resources', 'limits', 'memory'] : ['resources'];
}

function probeFailing(
  pod: Pod,
  status: ContainerStatus,
  events: readonly KubeEvent[],
  around: PodSurroundings,
): Trouble | undefined {
  if (status.ready || !status.state?.running) return undefined;
  const event = events.find(
    (candidate) =>
      candidate.reason === 'Unhealthy' &&
      [status.name, undefined].includes(containerOfEvent(candidate)) &&
      /^(Readiness|Liveness|Startup) probe/.test(candidate.message ?? ''),
  );
  if (!event) return undefined;
  const probe = `${/^\w+/.exec(event.message ?? '')?.[0].toLowerCase()}Probe`;
  const absolutePath = containerFieldPath(around.template, status.name, probe);
  return maker(pod, status, around)(
    'ProbeFailing',
    `The ${probe} of container ${status.name} of pod ${pod.metadata.name} fails.`,
    event.message ?? '',
    { advice: 'Check the port, path and delays of the probe.', absolutePath, grave: false },
  );
}

/** A pod whose containers run and say nothing, and still is not ready. */
function notReady(pod: Pod, statuses: readonly ContainerStatus[], around: PodSurroundings): Trouble[] {
  return statuses
    .filter(({ ready, state }) => !ready && state?.running)
    .map((status) => {
      const probed = findContainer(around.template, status.name)?.container.readinessProbe !== undefined;
      if (isInit(status, around)) return stillInitialising(pod, status, around);
      return maker(pod, status, around)(
        'NotReady',
        `Container ${status.name} of pod ${pod.metadata.name} runs but is not ready.`,
        pod.status?.conditions?.find(({ type }) => type === 'Ready')?.message ?? '',
        {
          advice: probed ? 'Check what the readiness probe asks.' : 'Read the log of the container.',
          path: probed ? ['readinessProbe'] : ['name'],
          grave: false,
        },
      );
    });
}

/** An init container that runs on and on holds up all others; one that is quick is no trouble worth a word. */
function stillInitialising(pod: Pod, status: ContainerStatus, around: PodSurroundings): Trouble {
  return maker(pod, status, around)(
    'NotReady',
    `${titleOf(status, around)} of pod ${pod.metadata.name} still runs; the containers wait for its end.`,
    '',
    { advice: 'Read its log: it may wait for something that never comes.', path: ['name'], grave: false },
  );
}

/** The kubelet's word that the postStart hook failed, for which it ends the container. */
function hookFailing(status: ContainerStatus, events: readonly KubeEvent[]): KubeEvent | undefined {
  if (status.ready) return undefined;
  return events.find(
    (event) => event.reason === 'FailedPostStartHook' && [status.name, undefined].includes(containerOfEvent(event)),
  );
}

function isInit(status: ContainerStatus, around: PodSurroundings): boolean {
  return around.template?.initContainers?.some(({ name }) => name === status.name) ?? false;
}

function titleOf(status: ContainerStatus, around: PodSurroundings): string {
  return `${isInit(status, around) ? 'Init container' : 'Container'} ${status.name}`;
}

function lowerTitleOf(status: ContainerStatus, around: PodSurroundings): string {
  return `${isInit(status, around) ? 'init container' : 'container'} ${status.name}`;
}

interface TroubleMore {
  readonly advice: string;
  /** Relative to the container. */
  readonly path?: FieldPath;
  readonly absolutePath?: FieldPath;
  readonly grave: boolean;
  readonly lastLogLine?: string | undefined;
}

function maker(pod: Pod, status: ContainerStatus, around: PodSurroundings) {
  return (code: TroubleCode, message: string, said: string, more: TroubleMore): Trouble => ({
    code,
    message,
    said,
    advice: more.advice,
    pod: pod.metadata.name,
    container: status.name,
    path: more.absolutePath ?? containerFieldPath(around.template, status.name, ...(more.path ?? [])),
    grave: more.grave,
    ...(more.lastLogLine === undefined ? {} : { lastLogLine: more.lastLogLine }),
  });
}

function imageOf(status: ContainerStatus, around: PodSurroundings): string {
  return findContainer(around.template, status.name)?.container.image ?? status.image ?? 'of an unnamed image';
}
