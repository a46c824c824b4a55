import { Failure } from './failure.ts';
import type { KubeApi } from './kubeApi.ts';
import type { KubeObject } from './kubeObject.ts';
import { collectionPath, wellKnownTypes } from './resourceType.ts';
import { currentRevision, type Revision, revisionsOf } from './revision.ts';
import { selectorText, type Workload } from './workload.ts';
import { type WorkloadReference, workloadPath } from './workloadReference.ts';

/** What an undo did. */
export interface UndoResult {
  readonly from: number;
  readonly to: number;
  readonly images: readonly string[];
  /** The workload after the patch, whose generation a watch waits for. */
  readonly workload: Workload;
}

/** The revisions of a workload that the cluster still keeps, the oldest first, and which of them is current. */
export async function listRevisions(
  api: KubeApi,
  reference: WorkloadReference,
  signal: AbortSignal,
): Promise<{ workload: Workload; revisions: readonly Revision[]; current: Revision | undefined }> {
  const workload = (await api.get(workloadPath(reference), signal)) as Workload;
  if (reference.kind === 'Application') {
    throw new Failure(
      'unsupported',
      `Application ${reference.name} is not taken back here: its source says what runs.`,
      {
        advice: 'Take the commit back, or sync an earlier revision.',
      },
    );
  }
  if (reference.kind === 'Job') {
    throw new Failure('unsupported', `Job ${reference.name} has no former revision: a Job cannot be undone.`);
  }
  const type = ['Deployment', 'Rollout'].includes(reference.kind)
    ? wellKnownTypes.replicaSets
    : wellKnownTypes.controllerRevisions;
  const selection = { labelSelector: selectorText(workload.spec?.selector) };
  const { items } = await api.list(collectionPath(type, reference.namespace), selection, signal);
  const revisions = revisionsOf(workload, items);
  return { workload, revisions, current: currentRevision(workload, revisions) };
}

/**
 * Brings a workload's pods back to a former revision, by default to the one before the current. Only the pod template
 * goes back: replicas and everything else stay. Refused with `conflict` when the workload changed meanwhile.
 */
export async function undoRollout(
  api: KubeApi,
  reference: WorkloadReference,
  toRevision: number | undefined,
  signal: AbortSignal,
): Promise<UndoResult> {
  const { workload, revisions, current } = await listRevisions(api, reference, signal);
  const from = current?.number ?? revisions.at(-1)?.number ?? 0;
  const target =
    toRevision === undefined
      ? revisions.filter(({ number }) => number < from).at(-1)
      : revisions.find(({ number }) => number === toRevision);
  if (!target) {
    const kept = revisions.map(({ number }) => number).join(', ') || 'none';
    throw new Failure(
      'not-found',
      toRevision === undefined
        ? `${reference.kind} ${reference.name} has no former revision to go back to.`
        : `${reference.kind} ${reference.name} has no revision ${toRevision}.`,
      { advice: `The cluster keeps these revisions: ${kept}.` },
    );
  }
  const changed = await patchTemplate(api, reference, workload, target, signal);
  return {
    from,
    to: target.number,
    images: (changed.spec?.template?.spec.containers ?? []).flatMap(({ image }) => image ?? []),
    workload: changed,
  };
}

async function patchTemplate(
  api: KubeApi,
  reference: WorkloadReference,
  workload: Workload,
  target: Revision,
  signal: AbortSignal,
): Promise<Workload> {
  const path = workloadPath(reference);
  if (target.keeper.kind === 'ReplicaSet') {
    const template = withoutHashLabels(target.template);
    const patch = [
      { op: 'test', path: '/metadata/resourceVersion', value: workload.metadata.resourceVersion },
      { op: 'replace', path: '/spec/template', value: template },
    ];
    return (await api.patch(path, patch, { type: 'json' }, signal)) as Workload;
  }
  const held = target.keeper['data'] as KubeObject | undefined;
  const patch = { metadata: { resourceVersion: workload.metadata.resourceVersion }, ...held };
  return (await api.patch(path, patch, { type: 'strategic' }, signal)) as Workload;
}

/** The template as the workload had it: controllers add these labels to what they keep. */
function withoutHashLabels(template: Revision['template']): unknown {
  const labels = Object.entries(template?.metadata?.labels ?? {}).filter(
    ([name]) => name !== 'pod-template-hash' && name !== 'rollouts-pod-template-hash',
  );
  return { ...template, metadata: { ...template?.metadata, labels: Object.fromEntries(labels) } };
}
