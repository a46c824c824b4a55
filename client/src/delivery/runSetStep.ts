import { inApplyOrder } from '../cluster/applyOrder.ts';
import {
  type ApplySet,
  applySetId,
  identityOf,
  isSameObject,
  type ObjectIdentity,
  parentObject,
  parentPath,
  partOfLabel,
  scopeOf,
  scopeOfMembers,
  setFieldManager,
  strangerOf,
  unitedScope,
} from '../cluster/applySet.ts';
import { membersOf, reasonToKeep, type SetMember } from '../cluster/applySetMembers.ts';
import { throwIfCancelled } from '../cluster/cancellation.ts';
import { Failure } from '../cluster/failure.ts';
import type { KubeApi } from '../cluster/kubeApi.ts';
import { describeObject, type KubeObject } from '../cluster/kubeObject.ts';
import { objectPath, type ResourceType, resourceTypeOf } from '../cluster/resourceType.ts';
import type { StepResult } from './deliveryEvent.ts';
import type { ManifestDocument } from './manifest.ts';
import type { Apply, DryRun, Prune } from './step.ts';
import type { StepRun } from './stepRun.ts';

/** A write that was sent is let finish; after this time it counts as lost. */
const writeTimeoutMilliseconds = 30_000;

/** Namespaces and definitions hold what cannot be had back. They are never pruned, and so are members of no set. */
export function mayJoinSet({ kind }: Pick<KubeObject, 'kind'>): boolean {
  return kind !== 'Namespace' && kind !== 'CustomResourceDefinition';
}

/** Tells, before anything is written, what the set still holds that is gone from the manifests. */
export async function reviewSet(
  step: DryRun,
  api: KubeApi,
  types: readonly ResourceType[],
  run: StepRun,
): Promise<void> {
  const { set } = step;
  if (!set) return;
  const parent = await readParent(api, set, run.signal);
  if (!parent) return;
  try {
    const members = await membersOf(api, types, set, scopeOf(parent), run.signal);
    for (const { object } of goneFrom(members, wanted(step, types))) {
      const reason = reasonToKeep(object);
      const what = `${describeObject(object)} is gone from the manifests`;
      run.emit({
        type: 'notice',
        step: step.id,
        text: reason === undefined ? `${what}: it can be pruned.` : `${what}, and stays: ${reason}.`,
      });
    }
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== 'forbidden') throw error;
    run.emit({ type: 'notice', step: step.id, text: `What is gone is not known. ${error.report.message}` });
  }
}

/**
 * Writes the parent of the set before its members, for all kinds and namespaces of old and new ones: a delivery that is
 * interrupted leaves nothing behind that nobody knows of. False when the set cannot be kept, which is told and no reason
 * not to deploy.
 */
export async function openSet(
  step: Apply,
  api: KubeApi,
  types: readonly ResourceType[],
  run: StepRun,
): Promise<boolean> {
  const { set } = step;
  if (!set) return false;
  const parent = await readParent(api, set, run.signal);
  const scope = scopeOfMembers(wanted(step, types));
  const united = parent ? unitedScope(scopeOf(parent), scope) : scope;
  try {
    await api.apply(parentPath(set), parentObject(set, united), {}, AbortSignal.timeout(writeTimeoutMilliseconds));
    return true;
  } catch (error) {
    if (!(error instanceof Failure) || (error.kind !== 'forbidden' && error.kind !== 'not-found')) throw error;
    const text = `What is applied is not kept as set ${set.name}, so nothing of it will be pruned. ${error.report.message}`;
    run.emit({ type: 'notice', step: step.id, text });
    return false;
  }
}

/** Marks an object that was just applied as a member, where it is none yet. */
export async function joinSet(
  step: Apply,
  api: KubeApi,
  path: string,
  applied: KubeObject,
  run: StepRun,
): Promise<void> {
  const { set } = step;
  if (!set) return;
  const id = applySetId(set);
  const { namespace, name, labels } = applied.metadata;
  if (labels?.[partOfLabel] === id) return;
  const { apiVersion, kind } = applied;
  const metadata = { name, ...(namespace === undefined ? {} : { namespace }), labels: { [partOfLabel]: id } };
  try {
    const options = { fieldManager: setFieldManager };
    await api.apply(path, { apiVersion, kind, metadata }, options, AbortSignal.timeout(writeTimeoutMilliseconds));
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== 'conflict') throw error;
    const text = `${describeObject(applied)} is kept by another set, so it is not pruned with ${set.name}. ${error.report.message}`;
    run.emit({ type: 'notice', step: step.id, text });
  }
}

/** Deletes the members of the set that are gone from the manifests, after asking, and closes the set around the rest. */
export async function prune(step: Prune, run: StepRun): Promise<StepResult> {
  const { set } = step;
  const api = run.engines.cluster(step.context);
  const types = await api.discovery(run.signal);
  const parent = await readParent(api, set, run.signal);
  if (!parent) return { kind: 'pruned', objects: 0, kept: 0 };
  const members = await membersOf(api, types, set, scopeOf(parent), run.signal);
  const keep = wanted(step, types);
  const gone = goneFrom(members, keep);
  const kept = gone.filter(({ object }) => reasonToKeep(object) !== undefined);
  for (const { object } of kept) {
    run.emit({ type: 'notice', step: step.id, text: `${describeObject(object)} stays: ${reasonToKeep(object)}.` });
  }
  // What came last goes first: routes before workloads, configuration after both.
  const doomed = inApplyOrder(
    gone.filter((member) => !kept.includes(member)),
    ({ object }) => object,
  ).reverse();
  const objects = doomed.map(({ object }) => object);
  if (doomed.length > 0 && run.engines.approvePrune && !(await run.engines.approvePrune(step, objects))) {
    run.emit({ type: 'notice', step: step.id, text: `${doomed.length} objects were left in ${step.context}.` });
    return { kind: 'pruned', objects: 0, kept: gone.length };
  }
  let deleted = 0;
  try {
    for (const { object, type } of doomed) {
      throwIfCancelled(run.signal);
      await remove(api, type, object);
      deleted += 1;
      const { kind, metadata } = object;
      const { namespace, name } = metadata;
      run.emit({ type: 'pruned', step: step.id, object: { context: step.context, kind, namespace, name } });
    }
    const rest = kept.map(({ object, type }) => identityOf(object, type.namespaced));
    const scope = scopeOfMembers([...keep, ...rest]);
    await api.apply(parentPath(set), parentObject(set, scope), {}, AbortSignal.timeout(writeTimeoutMilliseconds));
  } catch (error) {
    const left = doomed.length - deleted;
    if (left > 0) run.remains.push(`${left} of ${doomed.length} objects that are gone from the manifests are left.`);
    throw error;
  }
  return { kind: 'pruned', objects: deleted, kept: kept.length };
}

/** A namesake that was made meanwhile is not what was looked at: its uid differs, and it stays. */
async function remove(api: KubeApi, type: ResourceType, { metadata }: KubeObject): Promise<void> {
  const path = objectPath(type, metadata.namespace, metadata.name);
  const options = metadata.uid === undefined ? {} : { uid: metadata.uid };
  try {
    await api.delete(path, options, AbortSignal.timeout(writeTimeoutMilliseconds));
  } catch (error) {
    if (!(error instanceof Failure) || (error.kind !== 'not-found' && error.kind !== 'conflict')) throw error;
  }
}

async function readParent(api: KubeApi, set: ApplySet, signal: AbortSignal): Promise<KubeObject | undefined> {
  let parent: KubeObject;
  try {
    parent = await api.get(parentPath(set), signal);
  } catch (error) {
    // Who may not read the parent may not write it either, which openSet tells.
    if (error instanceof Failure && (error.kind === 'not-found' || error.kind === 'forbidden')) return undefined;
    throw error;
  }
  const stranger = strangerOf(set, parent);
  if (stranger === undefined) return parent;
  throw new Failure('conflict', stranger, { advice: 'Give this delivery a set of another name.' });
}

function goneFrom(members: readonly SetMember[], keep: readonly ObjectIdentity[]): SetMember[] {
  return members.filter(({ object, type }) => {
    if (object.metadata.deletionTimestamp !== undefined) return false;
    const identity = identityOf(object, type.namespaced);
    return !keep.some((other) => isSameObject(identity, other));
  });
}

/** The identities of a step's documents; a kind that the server does not know yet counts as namespaced. */
function wanted(
  {
    documents,
    namespace,
  }: { readonly documents: readonly Pick<ManifestDocument, 'object'>[]; readonly namespace: string },
  types: readonly ResourceType[],
): ObjectIdentity[] {
  const members = documents.filter(({ object }) => mayJoinSet(object));
  return members.map(({ object }) => {
    const metadata = { ...object.metadata, namespace: object.metadata.namespace ?? namespace };
    return identityOf({ ...object, metadata }, resourceTypeOf(object, types)?.namespaced ?? true);
  });
}
