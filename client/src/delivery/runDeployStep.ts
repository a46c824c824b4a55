import { applyObject } from '../cluster/applyObject.ts';
import { cancelled, throwIfCancelled } from '../cluster/cancellation.ts';
import { Failure, type FieldConflict } from '../cluster/failure.ts';
import type { KubeApi } from '../cluster/kubeApi.ts';
import { describeObject, type KubeObject } from '../cluster/kubeObject.ts';
import { objectDiff } from '../cluster/objectDiff.ts';
import { objectOwner } from '../cluster/objectOwner.ts';
import { apiVersionOf, objectPath, type ResourceType, resourceTypeOf } from '../cluster/resourceType.ts';
import { withoutQuotedSecrets } from '../cluster/secretValues.ts';
import { isWorkload } from '../cluster/workload.ts';
import type { StepResult } from './deliveryEvent.ts';
import type { ManifestDocument } from './manifest.ts';
import { patiently } from './patiently.ts';
import { type Refusal, refusedDocuments } from './refusedDocuments.ts';
import type { DocumentReview } from './review.ts';
import { joinSet, mayJoinSet, openSet, reviewSet } from './runSetStep.ts';
import type { Apply, DryRun } from './step.ts';
import type { StepRun } from './stepRun.ts';
import { withImages } from './withImages.ts';

/** A write that was sent is let finish, so that nothing is half-done unnoticed; after this time it counts as lost. */
const writeTimeoutMilliseconds = 30_000;

/** How long a definition that was just applied may take until the server offers its kind. */
const definitionTimeoutMilliseconds = 20_000;

/**
 * Reviews all documents by the server's dry run and tells the difference of each. Conflicts and refusals are collected
 * over all documents, so that they are seen at once, and nothing is written.
 */
export async function dryRun(step: DryRun, run: StepRun): Promise<StepResult> {
  const api = run.engines.cluster(step.context);
  const types = await api.discovery(run.signal);
  const refusals: Refusal[] = [];
  for (const document of step.documents) {
    throwIfCancelled(run.signal);
    const object = prepared(document.object, step, run);
    try {
      const review = await reviewDocument(api, types, document, object, step, run.signal);
      run.reviews.push(review);
      run.emit({ type: 'reviewed', step: step.id, review });
    } catch (error) {
      if (
        !(error instanceof Failure) ||
        !['conflict', 'invalid', 'quota', 'not-found', 'forbidden'].includes(error.kind)
      ) {
        throw error;
      }
      refusals.push({ document, failure: error });
    }
  }
  await reviewSet(step, api, types, run);
  const first = refusals[0];
  if (first) throw refusedDocuments(first.failure, refusals);
  return { kind: 'reviewed', changes: run.reviews.filter(({ change }) => change !== 'unchanged').length };
}

async function reviewDocument(
  api: KubeApi,
  types: readonly ResourceType[],
  document: ManifestDocument,
  object: KubeObject,
  step: DryRun,
  signal: AbortSignal,
): Promise<DocumentReview> {
  const common = {
    file: document.file,
    documentIndex: document.documentIndex,
    kind: object.kind,
    name: object.metadata.name,
  };
  const type = resourceTypeOf(object, types);
  const namespace = type?.namespaced ? object.metadata.namespace : undefined;
  const unchecked = {
    ...common,
    namespace,
    change: 'unchecked' as const,
    diff: undefined,
    owner: undefined,
    conflicts: [],
  };
  if (!type) {
    if (definedBy(step.documents, object)) return unchecked;
    throw unknownKind(step.context, object);
  }
  const path = objectPath(type, namespace, object.metadata.name);
  const live = await getOrNothing(api, path, signal);
  const planned = scoped(object, type);
  try {
    const conflicts = step.force ? await conflictsOf(api, path, planned, signal) : [];
    const answer = await applyObject(api, path, planned, { dryRun: true, force: step.force }, signal);
    const diff = objectDiff(live, answer);
    return { ...common, namespace, change: diff.change, diff, owner: live && objectOwner(live), conflicts };
  } catch (error) {
    const comesAlong = step.documents.some(
      ({ object: other }) => other.kind === 'Namespace' && other.metadata.name === namespace,
    );
    if (error instanceof Failure && error.kind === 'not-found' && comesAlong) return unchecked;
    throw error;
  }
}

/** The fields of others that applying by force would take over: what is taken has to be seen before. */
async function conflictsOf(
  api: KubeApi,
  path: string,
  planned: KubeObject,
  signal: AbortSignal,
): Promise<readonly FieldConflict[]> {
  try {
    await applyObject(api, path, planned, { dryRun: true }, signal);
    return [];
  } catch (error) {
    if (error instanceof Failure && error.kind === 'conflict') return error.report.conflicts;
    throw error;
  }
}

/**
 * Applies all documents in their order. Cancelling takes effect between two writes, never in one; what was written is
 * told by an event each.
 */
export async function apply(step: Apply, run: StepRun): Promise<StepResult> {
  if (run.engines.approve && !(await run.engines.approve(step, run.reviews))) throw cancelled();
  const api = run.engines.cluster(step.context);
  let types = await patiently(step.id, run, () => api.discovery(run.signal));
  const written: string[] = [];
  let isKept: boolean | undefined;
  try {
    for (const document of step.documents) {
      throwIfCancelled(run.signal);
      const object = prepared(document.object, step, run);
      let type = resourceTypeOf(object, types);
      if (!type && definedBy(step.documents, object)) {
        types = await typesWith(api, object, run);
        type = resourceTypeOf(object, types);
      }
      if (!type) throw unknownKind(step.context, object);
      const path = objectPath(type, object.metadata.namespace, object.metadata.name);
      // The parent of the set lies in a namespace, which may come with this delivery.
      if (mayJoinSet(object)) isKept ??= await patiently(step.id, run, () => openSet(step, api, types, run));
      const sent = scoped(object, type);
      const answer = await patiently(step.id, run, () => applyWhenServed(api, path, sent, step, run));
      written.push(describeObject(answer));
      if (isKept && mayJoinSet(object)) await patiently(step.id, run, () => joinSet(step, api, path, answer, run));
      const { namespace, name } = answer.metadata;
      if (isWorkload(object)) {
        run.generations.set(`watch-rollout/${object.kind}/${namespace}/${name}`, answer.metadata.generation ?? 0);
      }
      run.emit({
        type: 'applied',
        step: step.id,
        object: { context: step.context, kind: answer.kind, namespace, name },
      });
    }
  } catch (error) {
    const rest = step.documents.length - written.length;
    run.remains.push(
      written.length === 0
        ? `Nothing was applied to ${step.context}.`
        : `Applied to ${step.context}: ${written.join(', ')}. Not applied: ${rest} of ${step.documents.length}.`,
    );
    throw error;
  }
  return { kind: 'applied', objects: written.length };
}

/** Applies one object; a kind whose definition was applied a moment ago may not be served yet. */
async function applyWhenServed(
  api: KubeApi,
  path: string,
  object: KubeObject,
  step: Apply,
  run: StepRun,
): Promise<KubeObject> {
  const { clock } = run.engines;
  const deadline = clock.now() + definitionTimeoutMilliseconds;
  for (;;) {
    try {
      const patience = AbortSignal.timeout(writeTimeoutMilliseconds);
      return await applyObject(api, path, object, { force: step.force }, patience);
    } catch (error) {
      const mayBeServedSoon =
        error instanceof Failure &&
        error.kind === 'not-found' &&
        definedBy(step.documents, object) &&
        clock.now() < deadline;
      if (!mayBeServedSoon) throw failureOfWrite(error, object);
      await clock.sleep(500, run.signal);
      throwIfCancelled(run.signal);
    }
  }
}

/** The signal of a write is its time-out alone, so its `cancelled` means that no answer came. */
function failureOfWrite(error: unknown, object: KubeObject): unknown {
  if (!(error instanceof Failure)) return error;
  const { kind, report } = error;
  if (kind === 'cancelled') {
    return new Failure(
      'timeout',
      `No answer came to the write of ${describeObject(object)}: it may have been applied.`,
      {
        advice: 'Deploy again: applying twice does no harm.',
      },
    );
  }
  return new Failure(kind, report.message, { ...report, said: withoutQuotedSecrets(report.said, object) });
}

async function typesWith(api: KubeApi, object: KubeObject, run: StepRun): Promise<readonly ResourceType[]> {
  const { clock } = run.engines;
  const deadline = clock.now() + definitionTimeoutMilliseconds;
  for (;;) {
    const types = await api.discovery(run.signal);
    if (resourceTypeOf(object, types) || clock.now() >= deadline) return types;
    await clock.sleep(500, run.signal);
    throwIfCancelled(run.signal);
  }
}

/** The object as it is sent: with the step's namespace where it has none, and with the images of this delivery. */
function prepared(object: KubeObject, step: DryRun | Apply, run: StepRun): KubeObject {
  const { namespace = step.namespace, ...metadata } = object.metadata;
  return withImages({ ...object, metadata: { ...metadata, namespace } }, step.images, run.digests);
}

/** Objects of the whole cluster carry no namespace. */
function scoped(object: KubeObject, type: ResourceType): KubeObject {
  if (type.namespaced) return object;
  const { namespace: _namespace, ...metadata } = object.metadata;
  return { ...object, metadata };
}

function definedBy(documents: readonly ManifestDocument[], object: KubeObject): boolean {
  return documents.some(({ object: definition }) => {
    if (definition.kind !== 'CustomResourceDefinition') return false;
    const spec = definition['spec'] as
      | { group?: string; names?: { kind?: string }; versions?: readonly { name?: string }[] }
      | undefined;
    return (
      spec?.names?.kind === object.kind &&
      (spec.versions ?? []).some(
        ({ name }) => apiVersionOf({ group: spec.group ?? '', version: name ?? '' }) === object.apiVersion,
      )
    );
  });
}

function unknownKind(context: string, object: KubeObject): Failure {
  return new Failure('not-found', `Context ${context} knows no ${object.kind} of ${object.apiVersion}.`, {
    advice: 'Install its CustomResourceDefinition, or correct apiVersion and kind.',
  });
}

async function getOrNothing(api: KubeApi, path: string, signal: AbortSignal): Promise<KubeObject | undefined> {
  try {
    return await api.get(path, signal);
  } catch (error) {
    if (error instanceof Failure && error.kind === 'not-found') return undefined;
    throw error;
  }
}
