import { Failure } from '../../cluster/failure.ts';
import type { KubeApi } from '../../cluster/kubeApi.ts';
import type { KubeObject } from '../../cluster/kubeObject.ts';
import { objectPath, wellKnownTypes } from '../../cluster/resourceType.ts';

/** What a person can ask of an Argo Rollout. Going back to a former revision is `undoRollout`. */
export type RolloutAct = 'promote' | 'promote-fully' | 'abort' | 'retry' | 'pause' | 'resume';

/** The fields of an Argo Rollout that decide what an act writes. */
export interface ArgoRollout extends KubeObject {
  readonly spec?: {
    readonly paused?: boolean;
    readonly strategy?: {
      readonly canary?: { readonly steps?: readonly Readonly<Record<string, unknown>>[] };
      readonly blueGreen?: object;
    };
  };
  readonly status?: {
    readonly phase?: string;
    readonly message?: string;
    readonly abort?: boolean;
    readonly controllerPause?: boolean;
    readonly currentPodHash?: string;
    readonly currentStepIndex?: number;
    readonly pauseConditions?: readonly { readonly reason?: string }[] | null;
    readonly stableRS?: string;
    readonly canary?: {
      readonly weights?: { readonly canary?: { readonly weight?: number } };
      readonly currentStepAnalysisRunStatus?: { readonly status?: string };
      readonly currentBackgroundAnalysisRunStatus?: { readonly status?: string };
    };
    readonly blueGreen?: { readonly activeSelector?: string; readonly previewSelector?: string };
  };
}

/** One merge patch; of the status it goes to the subresource. */
export interface RolloutPatch {
  readonly subresource?: 'status';
  readonly patch: object;
}

/** What an act writes, or why it has no sense now. Pure. The controller of Argo Rollouts does the rest. */
export function rolloutPatches(rollout: ArgoRollout, act: RolloutAct): readonly RolloutPatch[] | string {
  const { spec, status = {} } = rollout;
  const statusPatch = (patch: object): RolloutPatch => ({ subresource: 'status', patch: { status: patch } });
  const isWhole = status.currentPodHash !== undefined && status.currentPodHash === status.stableRS;
  switch (act) {
    case 'pause':
      return spec?.paused ? 'It is paused already.' : [{ patch: { spec: { paused: true } } }];
    case 'resume':
      return spec?.paused ? [{ patch: { spec: { paused: false } } }] : 'It is not paused by its specification.';
    case 'abort':
      if (status.abort) return 'It is aborted already.';
      return isWhole ? 'No update is under way.' : [statusPatch({ abort: true })];
    case 'retry':
      return status.abort ? [statusPatch({ abort: false })] : 'It is not aborted.';
    case 'promote-fully':
      return isWhole ? 'No update is under way.' : [...unpaused(rollout), statusPatch({ promoteFull: true })];
    case 'promote':
      return promotion(rollout, isWhole);
  }
}

function promotion(rollout: ArgoRollout, isWhole: boolean): readonly RolloutPatch[] | string {
  const { spec, status = {} } = rollout;
  const { abort, currentStepIndex = 0, pauseConditions } = status;
  if (abort) return 'It is aborted; retry it first.';
  const steps = spec?.strategy?.canary?.steps ?? [];
  const after = Math.min(currentStepIndex + 1, steps.length);
  const statusPatch = (patch: object): RolloutPatch => ({ subresource: 'status', patch: { status: patch } });
  if ((pauseConditions?.length ?? 0) > 0) {
    // After an inconclusive analysis the controller would stop at the same step again.
    if (isInconclusive(rollout) && status.controllerPause && steps.length > 0) {
      return [
        ...unpaused(rollout),
        statusPatch({ pauseConditions: null, controllerPause: false, currentStepIndex: after }),
      ];
    }
    return [...unpaused(rollout), statusPatch({ pauseConditions: null })];
  }
  if (isWhole) return spec?.paused ? unpaused(rollout) : 'No update is under way.';
  if (steps.length > 0 && currentStepIndex < steps.length) {
    return [...unpaused(rollout), statusPatch({ pauseConditions: null, currentStepIndex: after })];
  }
  return spec?.paused ? unpaused(rollout) : 'It waits for nobody: its controller goes on by itself.';
}

function unpaused({ spec }: ArgoRollout): RolloutPatch[] {
  return spec?.paused ? [{ patch: { spec: { paused: false } } }] : [];
}

function isInconclusive({ status }: ArgoRollout): boolean {
  const runs = [status?.canary?.currentStepAnalysisRunStatus, status?.canary?.currentBackgroundAnalysisRunStatus];
  return runs.some((run) => run?.status === 'Inconclusive');
}

/** Reads a Rollout, and carries out an act on what was read. Throws `conflict` where the act has no sense, or the Rollout changed meanwhile. */
export async function actOnRollout(
  api: KubeApi,
  target: { readonly namespace: string; readonly name: string },
  act: RolloutAct,
  signal: AbortSignal,
): Promise<ArgoRollout> {
  const path = objectPath(wellKnownTypes.rollouts, target.namespace, target.name);
  let rollout = (await api.get(path, signal)) as ArgoRollout;
  const patches = rolloutPatches(rollout, act);
  if (typeof patches === 'string') {
    throw new Failure(
      'conflict',
      `Rollout ${target.namespace}/${target.name}: nothing to ${act.replace('-', ' ')}. ${patches}`,
    );
  }
  for (const { patch, subresource } of patches) {
    const { resourceVersion } = rollout.metadata;
    const guarded = { ...patch, metadata: { resourceVersion } };
    rollout = (await api.patch(
      path,
      guarded,
      { type: 'merge', ...(subresource ? { subresource } : {}) },
      signal,
    )) as ArgoRollout;
  }
  return rollout;
}

/** Where a Rollout stands: `Paused at step 2 of 5 (setWeight 25), canary 25 %: CanaryPauseStep`. */
export function rolloutInWords({ spec, status = {} }: ArgoRollout): string {
  const steps = spec?.strategy?.canary?.steps ?? [];
  const index = status.currentStepIndex;
  const step = index === undefined ? undefined : steps[index];
  const [kind, value] = Object.entries(step ?? {})[0] ?? [];
  const detail = kind === 'setWeight' ? ` (setWeight ${String(value)})` : kind === undefined ? '' : ` (${kind})`;
  const at =
    steps.length === 0 || index === undefined
      ? ''
      : index >= steps.length
        ? ' after its last step'
        : ` at step ${index + 1} of ${steps.length}${detail}`;
  const weight = status.canary?.weights?.canary?.weight;
  const share = weight === undefined ? '' : `, canary ${weight} %`;
  const why = status.pauseConditions?.[0]?.reason ?? status.message ?? '';
  return `${status.abort ? 'Aborted' : (status.phase ?? 'Unknown')}${at}${share}${why === '' ? '' : `: ${why}`}`;
}
