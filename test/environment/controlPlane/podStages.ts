/** One step in the life of a fake pod or node, in kwok's own form. */
export interface Stage {
  readonly apiVersion: 'kwok.x-k8s.io/v1alpha1';
  readonly kind: 'Stage';
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly resourceRef: { readonly apiGroup: 'v1'; readonly kind: 'Pod' | 'Node' };
    readonly selector: { readonly matchExpressions: readonly StageCondition[] };
    readonly delay?: {
      readonly durationMilliseconds: number;
      readonly durationFrom?: { readonly expressionFrom: string };
    };
    readonly next: {
      readonly event?: { readonly type: 'Normal' | 'Warning'; readonly reason: string; readonly message: string };
      readonly statusTemplate?: string;
      readonly delete?: true;
      readonly finalizers?: { readonly empty: true };
    };
  };
}

/** A jq expression over the object, and what its results have to be. */
export interface StageCondition {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values?: readonly string[];
}

/** The tags that decide a fake pod's fate: `shop/cart:crash` and `shop/cart:1.2-crash` crash; any other tag runs. */
export const fates = ['bad-pull', 'crash', 'oom', 'never-ready'] as const;

/** What becomes of a fake pod. */
export type Fate = (typeof fates)[number];

/** The annotation of a pod that says when it becomes Ready, as a duration such as `5s`; 0.4 s without it. */
export const readyAfterAnnotation = 'slipway.test/ready-after';

const alive: StageCondition = { key: '.metadata.deletionTimestamp', operator: 'DoesNotExist' };

const waitingFor = (...reasons: string[]): StageCondition => ({
  key: '.status.containerStatuses[0].state.waiting.reason',
  operator: 'In',
  values: reasons,
});

const running: StageCondition = {
  key: '.status.containerStatuses[0].state | keys[0]',
  operator: 'In',
  values: ['running'],
};

/** The jq expression that is true when the tag of any container's image is one of these fates. */
export function fateExpression(...tags: readonly Fate[]): string {
  return `any(.spec.containers[].image; test(":([A-Za-z0-9._-]*-)?(${tags.join('|')})$"))`;
}

const fated = (tag: Fate): StageCondition => ({ key: fateExpression(tag), operator: 'In', values: ['true'] });

const unfated: StageCondition = { key: fateExpression(...fates), operator: 'NotIn', values: ['true'] };

/** All stages of fake pods. Each leads from the state that the one before it has written to the next. */
export function podStages(): Stage[] {
  return [
    stage('pod-create', [alive, { key: '.status.podIP', operator: 'DoesNotExist' }], 100, {
      statusTemplate: status(
        conditions(false, 'Pending'),
        containers({ state: '{waiting: {reason: ContainerCreating}}' }),
      ),
    }),
    stage(
      'pod-ready',
      [alive, waitingFor('ContainerCreating'), unfated],
      400,
      {
        event: { type: 'Normal', reason: 'Started', message: 'Started container' },
        statusTemplate: status(
          conditions(true, 'Running'),
          containers({ state: runningNow, started: true, ready: true }),
        ),
      },
      `.metadata.annotations["${readyAfterAnnotation}"]`,
    ),
    stage(
      'pod-complete',
      [
        alive,
        { key: '.status.phase', operator: 'In', values: ['Running'] },
        { key: '.metadata.ownerReferences[]?.kind', operator: 'In', values: ['Job'] },
        unfated,
      ],
      500,
      { statusTemplate: status('phase: Succeeded', containers({ state: terminated('Completed', 0) })) },
    ),
    stage('pod-never-ready', [alive, waitingFor('ContainerCreating'), fated('never-ready')], 300, {
      event: {
        type: 'Warning',
        reason: 'Unhealthy',
        message: 'Readiness probe failed: HTTP probe failed with statuscode: 503',
      },
      statusTemplate: status(conditions(false, 'Running'), containers({ state: runningNow, started: true })),
    }),
    stage('pod-image-pull-error', [alive, waitingFor('ContainerCreating'), fated('bad-pull')], 300, {
      event: { type: 'Warning', reason: 'Failed', message: 'Failed to pull image: manifest unknown' },
      statusTemplate: status(
        conditions(false, 'Pending'),
        containers({ state: '{waiting: {reason: ErrImagePull, message: "manifest unknown"}}' }),
      ),
    }),
    stage('pod-image-pull-back-off', [alive, waitingFor('ErrImagePull')], 500, {
      event: { type: 'Normal', reason: 'BackOff', message: 'Back-off pulling image' },
      statusTemplate: status(
        conditions(false, 'Pending'),
        containers({
          state: `{waiting: {reason: ImagePullBackOff, message: 'Back-off pulling image "{{ $container.image }}"'}}`,
        }),
      ),
    }),
    ...crashStages('crash', 'Error', 1),
    ...crashStages('oom', 'OOMKilled', 137),
    stage('pod-delete', [{ key: '.metadata.deletionTimestamp', operator: 'Exists' }], 100, {
      delete: true,
      finalizers: { empty: true },
    }),
  ];
}

/** A container that runs for a moment, ends with this reason, waits in CrashLoopBackOff and is started again. */
function crashStages(tag: 'crash' | 'oom', reason: string, exitCode: number): Stage[] {
  const lastState = `lastState: ${terminated(reason, exitCode)}`;
  return [
    stage(`pod-${tag}-start`, [alive, waitingFor('ContainerCreating', 'CrashLoopBackOff'), fated(tag)], 700, {
      statusTemplate: status(
        conditions(false, 'Running'),
        containers({ state: runningNow, started: true, more: `{{ if $restarts }}${lastState}{{ end }}` }),
      ),
    }),
    stage(`pod-${tag}-back-off`, [alive, running, fated(tag)], 1_500, {
      event: { type: 'Warning', reason: 'BackOff', message: 'Back-off restarting failed container' },
      statusTemplate: status(
        conditions(false, 'Running'),
        containers({
          state: '{waiting: {reason: CrashLoopBackOff, message: "back-off restarting failed container"}}',
          restarts: '{{ add $restarts 1 }}',
          more: lastState,
        }),
      ),
    }),
  ];
}

function stage(
  name: string,
  matchExpressions: readonly StageCondition[],
  delayMilliseconds: number,
  next: Stage['spec']['next'],
  delayExpression?: string,
): Stage {
  return {
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'Stage',
    metadata: { name },
    spec: {
      resourceRef: { apiGroup: 'v1', kind: 'Pod' },
      selector: { matchExpressions },
      delay: {
        durationMilliseconds: delayMilliseconds,
        ...(delayExpression === undefined ? {} : { durationFrom: { expressionFrom: delayExpression } }),
      },
      next,
    },
  };
}

const runningNow = '{running: {startedAt: {{ $now | Quote }}}}';

function terminated(reason: string, exitCode: number): string {
  const times = 'startedAt: {{ $now | Quote }}, finishedAt: {{ $now | Quote }}';
  return `{terminated: {exitCode: ${exitCode}, reason: ${reason}, ${times}}}`;
}

/** A template of a pod's status. Its result is YAML, its actions are Go's. */
function status(...parts: readonly string[]): string {
  return ['{{ $now := Now }}', '{{ $pod := . }}', ...parts].join('\n');
}

function conditions(ready: boolean, phase: 'Pending' | 'Running'): string {
  const unready = `reason: ContainersNotReady
  message: 'containers with unready status: [{{ range $i, $c := .spec.containers }}{{ if $i }} {{ end }}{{ $c.name }}{{ end }}]'`;
  const readiness = (type: string) => `- type: ${type}
  status: "${ready ? 'True' : 'False'}"
  lastTransitionTime: {{ $now | Quote }}
  ${ready ? 'reason: ""\n  message: ""' : unready}`;
  return `conditions:
- {type: PodReadyToStartContainers, status: "True", lastTransitionTime: {{ $now | Quote }}}
- {type: Initialized, status: "True", lastTransitionTime: {{ $now | Quote }}}
${readiness('Ready')}
${readiness('ContainersReady')}
hostIP: {{ NodeIPWith .spec.nodeName | Quote }}
podIP: {{ if .status.podIP }}{{ .status.podIP | Quote }}{{ else }}{{ PodIPWith .spec.nodeName ( or .spec.hostNetwork false ) ( or .metadata.uid "" ) ( or .metadata.name "" ) ( or .metadata.namespace "" ) | Quote }}{{ end }}
phase: ${phase}
startTime: {{ or .status.startTime $now | Quote }}`;
}

interface ContainerStatusTemplate {
  readonly state: string;
  readonly started?: boolean;
  readonly ready?: boolean;
  /** The number of restarts; `$restarts` is what it was. */
  readonly restarts?: string;
  /** Further fields. */
  readonly more?: string;
}

function containers(template: ContainerStatusTemplate): string {
  return `containerStatuses:
{{ range $index, $container := .spec.containers }}
{{ $restarts := 0 }}
{{ with $pod.status.containerStatuses }}{{ with (index . $index) }}{{ $restarts = (or .restartCount 0) }}{{ end }}{{ end }}
- name: {{ $container.name | Quote }}
  image: {{ $container.image | Quote }}
  imageID: ""
  ready: ${template.ready ?? false}
  started: ${template.started ?? false}
  restartCount: ${template.restarts ?? '{{ $restarts }}'}
  state: ${template.state}
  ${template.more ?? ''}
{{ end }}`;
}
