import {
  containerFieldPath,
  findContainer,
  missingReferencePath,
  podSpecFieldPath,
  volumePath,
} from './containerPath.ts';
import { containerOfEvent, eventsAbout, type KubeEvent } from './kubeEvent.ts';
import { type ContainerStatus, isPodReady, type Pod, type PodSpec } from './pod.ts';
import type { FieldPath, Trouble, TroubleCode } from './trouble.ts';

/** What is known around a pod when its troubles are told. */
export interface PodSurroundings {
  /** The pod specification of the workload's template, which the paths lead into. */
  readonly template: PodSpec | undefined;
  readonly events: readonly KubeEvent[];
  /** The last log line of a container's latest ended run, by `pod/container`. */
  readonly logTails: ReadonlyMap<string, string>;
  readonly nowMilliseconds: number;
}

/** How often a container may crash before its rollout counts as failed: a dependency may come up a little later. */
const crashesForgiven = 2;

/** How long a missing Secret or ConfigMap is waited for: it may be created by a controller or by the next apply. */
const patienceForConfigMilliseconds = 10_000;

/** Everything that keeps a pod from becoming ready, the most telling first. A ready pod has none. */
export function podTroubles(pod: Pod, around: PodSurroundings): Trouble[] {
  if (isPodReady(pod) || pod.metadata.deletionTimestamp || pod.status?.phase === 'Succeeded') return [];
  const events = eventsAbout(pod, around.events);
  const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  const ofContainers = statuses.flatMap((status) => containerTrouble(pod, status, events, around) ?? []);
  const others = [evicted(pod), unschedulable(pod, around), failedMount(pod, events, around)];
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
      `Container ${status.name} of pod ${pod.metadata.name} lacks its configuration.`,
      said,
      {
        advice: 'Create the Secret or ConfigMap, or correct the reference.',
        absolutePath: missingReferencePath(around.template, status.name, said),
        grave: age(pod, around) >= patienceForConfigMilliseconds,
      },
    );
  }
  if (['CreateContainerError', 'RunContainerError', 'PreCreateHookError', 'PostStartHookError'].includes(reason)) {
    return make('CreateContainerError', `Container ${status.name} of pod ${pod.metadata.name} cannot start.`, said, {
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
    `Image ${imageOf(status, around)} cannot be pulled for container ${status.name} of pod ${pod.metadata.name}.`,
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
  const isInit = around.template?.initContainers?.some(({ name }) => name === status.name) ?? false;
  if (isInit && ended?.exitCode === 0 && !crashing) return undefined;
  const make = maker(pod, status, around);
  const grave = restarts >= crashesForgiven || pod.status?.phase === 'Failed';
  const lastLogLine = around.logTails.get(`${pod.metadata.name}/${status.name}`);
  const times = restarts > 0 ? ` and was restarted ${restarts === 1 ? 'once' : `${restarts} times`}` : '';
  if (ended?.reason === 'OOMKilled') {
    return make(
      'OOMKilled',
      `Container ${status.name} of pod ${pod.metadata.name} needed more memory than its limit${times}.`,
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
    `Container ${status.name} of pod ${pod.metadata.name} ${how}${times}.`,
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

function evicted(pod: Pod): Trouble | undefined {
  if (pod.status?.phase !== 'Failed' || !pod.status.reason) return undefined;
  return {
    code: 'Evicted',
    message: `Pod ${pod.metadata.name} was ended by its node (${pod.status.reason}).`,
    said: pod.status.message ?? '',
    advice: 'Look at the resources of the node and the requests of the containers.',
    pod: pod.metadata.name,
    path: podSpecFieldPath('containers', 0, 'resources'),
    grave: false,
  };
}

function unschedulable(pod: Pod, around: PodSurroundings): Trouble | undefined {
  const condition = pod.status?.conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False');
  if (condition?.reason !== 'Unschedulable') return undefined;
  const said = condition.message ?? '';
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
    const name = /persistentvolumeclaim "([^"]+)"/.exec(said)?.[1];
    const index =
      template?.volumes?.findIndex(
        ({ persistentVolumeClaim: claim }) => claim && (!name || claim.claimName === name),
      ) ?? -1;
    return index >= 0 ? podSpecFieldPath('volumes', index, 'persistentVolumeClaim') : podSpecFieldPath();
  }
  if (/node selector|node affinity|affinity\/selector/i.test(said)) {
    return podSpecFieldPath(template?.nodeSelector ? 'nodeSelector' : template?.affinity ? 'affinity' : 'containers');
  }
  if (/taint/i.test(said)) return template?.tolerations ? podSpecFieldPath('tolerations') : podSpecFieldPath();
  return podSpecFieldPath();
}

function failedMount(pod: Pod, events: readonly KubeEvent[], around: PodSurroundings): Trouble | undefined {
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
    grave: /not found|references non-existent/i.test(said) && age(pod, around) >= patienceForConfigMilliseconds,
  };
}

/** A pod whose containers run and say nothing, and still is not ready. */
function notReady(pod: Pod, statuses: readonly ContainerStatus[], around: PodSurroundings): Trouble[] {
  return statuses
    .filter(({ ready, state }) => !ready && state?.running)
    .map((status) => {
      const probed = findContainer(around.template, status.name)?.container.readinessProbe !== undefined;
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

function age(pod: Pod, around: PodSurroundings): number {
  return around.nowMilliseconds - (Date.parse(pod.metadata.creationTimestamp ?? '') || around.nowMilliseconds);
}
