import { parseDocument } from 'yaml';
import { Failure } from './failure.ts';
import type { KubeApi } from './kubeApi.ts';
import { describeObject, type KubeObject } from './kubeObject.ts';
import { mergePatch } from './mergePatch.ts';
import { type ObjectDiff, objectDiff } from './objectDiff.ts';
import { type ObjectOwner, objectOwner } from './objectOwner.ts';
import { editableText } from './objectText.ts';
import { objectPath } from './resourceType.ts';
import { withoutQuotedSecrets, withoutSecretValues } from './secretValues.ts';
import type { ObjectReference } from './tree/clusterNode.ts';

/** A change to a live object that was typed, and what the API server would make of it. */
export interface PlannedEdit {
  /** A JSON merge patch that holds the resource version that was read, so that nobody else's change is overwritten. */
  readonly patch: object;
  readonly diff: ObjectDiff;
  readonly owner: ObjectOwner | undefined;
}

/**
 * What saving the text would do to the live object, by the server's dry run; undefined when nothing was changed. `read` is
 * the object as it was when its text was shown. Throws `invalid` for a text that is no such object, and `conflict` when
 * somebody changed it since.
 */
export async function planEdit(
  api: KubeApi,
  reference: ObjectReference,
  read: KubeObject,
  text: string,
  signal: AbortSignal,
): Promise<PlannedEdit | undefined> {
  const edited = objectOfText(text, read);
  const before = objectOfText(editableText(read), read);
  const changes = mergePatch(before, edited);
  if (changes === undefined) return undefined;
  const patch = withVersion(changes as Record<string, unknown>, read);
  const path = objectPath(reference.type, reference.namespace, reference.name);
  const live = await api.get(path, signal);
  const planned = await withoutSecretsSaid(edited, () =>
    api.patch(path, patch, { type: 'merge', dryRun: true }, signal),
  );
  return { patch, diff: objectDiff(live, planned), owner: objectOwner(live) };
}

/** Carries a planned edit out. Throws `conflict` when somebody changed the object since it was read. */
export function applyEdit(
  api: KubeApi,
  { name, namespace, type }: ObjectReference,
  { patch }: PlannedEdit,
  signal: AbortSignal,
): Promise<KubeObject> {
  return api.patch(objectPath(type, namespace, name), patch, { type: 'merge' }, signal);
}

/** A refusal may quote what it refuses. */
async function withoutSecretsSaid<T>(edited: KubeObject, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof Failure) || edited.kind !== 'Secret') throw error;
    const { kind, message, ...report } = error.report;
    throw new Failure(kind, message, { ...report, said: withoutQuotedSecrets(report.said, edited) });
  }
}

function objectOfText(text: string, read: KubeObject): KubeObject {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) {
    throw new Failure('invalid', `The text of ${describeObject(read)} is not valid YAML.`, { said: error.message });
  }
  const value: unknown = document.toJS({ maxAliasCount: 100 });
  if (typeof value !== 'object' || value === null) {
    throw new Failure('invalid', `The text is no ${read.kind}.`, {
      advice: 'Close it without saving to leave the object.',
    });
  }
  const edited = value as KubeObject;
  const shown = withoutSecretValues(read);
  for (const field of ['apiVersion', 'kind'] as const) {
    if (edited[field] !== shown[field]) throw identityChanged(read, field);
  }
  for (const field of ['name', 'namespace'] as const) {
    if (edited.metadata?.[field] !== shown.metadata[field]) throw identityChanged(read, `metadata.${field}`);
  }
  return edited;
}

function identityChanged(read: KubeObject, field: string): Failure {
  return new Failure('invalid', `${field} of ${describeObject(read)} cannot be changed.`, {
    advice: 'Take the change back, or deploy a manifest with the new name.',
  });
}

function withVersion(changes: Record<string, unknown>, { metadata }: KubeObject): object {
  const { resourceVersion } = metadata;
  return { ...changes, metadata: { ...(changes['metadata'] as object | undefined), resourceVersion } };
}
