import { structuredPatch } from 'diff';
import { stringify } from 'yaml';
import type { KubeObject } from './kubeObject.ts';
import { maskedValue } from './secretValues.ts';

/** What applying would do to one object. */
export interface ObjectDiff {
  readonly change: 'create' | 'update' | 'unchanged';
  /** The live object as YAML, empty when there is none yet. Secret values are masked. */
  readonly before: string;
  /** The object as it would be, as YAML. Secret values are masked. */
  readonly after: string;
  /** The changed lines with three lines of context, in unified notation without the file header. */
  readonly lines: readonly string[];
}

/**
 * Compares a live object with the server's dry-run answer. Left out is what nobody wrote: managed fields, status, and
 * the metadata that the server keeps.
 * @param sides what is said beside the masked value of a Secret that is not the same on both sides
 */
export function objectDiff(
  live: KubeObject | undefined,
  planned: KubeObject,
  sides: readonly [before: string, after: string] = ['before', 'after'],
): ObjectDiff {
  const [maskedLive, maskedPlanned] = maskSecretValues(live && authored(live), authored(planned), sides);
  const before = maskedLive ? toYaml(maskedLive) : '';
  const after = toYaml(maskedPlanned);
  const patch = structuredPatch('', '', before, after, '', '', { context: 3 });
  const lines = patch.hunks.flatMap((hunk) => [
    `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`,
    ...hunk.lines,
  ]);
  return { change: live ? (before === after ? 'unchanged' : 'update') : 'create', before, after, lines };
}

/** The object without what the server keeps for itself. */
export function authored(object: KubeObject): KubeObject {
  const { status: _status, ...rest } = object;
  const {
    managedFields: _managedFields,
    uid: _uid,
    resourceVersion: _resourceVersion,
    generation: _generation,
    creationTimestamp: _creationTimestamp,
    annotations,
    ...metadata
  } = object.metadata;
  const kept = Object.entries(annotations ?? {}).filter(([name]) => !serverAnnotations.has(name));
  return {
    ...rest,
    metadata: { ...metadata, ...(kept.length > 0 ? { annotations: Object.fromEntries(kept) } : {}) },
  } as KubeObject;
}

/** Annotations that programs keep: the last-applied copy can even hold a Secret's values. */
const serverAnnotations = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  'deployment.kubernetes.io/revision',
]);

/** Replaces every value of a Secret; a value that changes is still seen to change, never what it is. */
function maskSecretValues(
  live: KubeObject | undefined,
  planned: KubeObject,
  sides: readonly [before: string, after: string],
): [live: KubeObject | undefined, planned: KubeObject] {
  if (planned.kind !== 'Secret') return [live, planned];
  const liveCopy: Record<string, unknown> | undefined = live && { ...live };
  const plannedCopy: Record<string, unknown> = { ...planned };
  for (const field of ['data', 'stringData']) {
    const before = (live?.[field] ?? {}) as Record<string, unknown>;
    const after = (planned[field] ?? {}) as Record<string, unknown>;
    const differs = (key: string): boolean => key in before && key in after && before[key] !== after[key];
    const mask = (values: Record<string, unknown>, note: string): Record<string, string> =>
      Object.fromEntries(
        Object.keys(values).map((key) => [key, differs(key) ? `${maskedValue} (${note})` : maskedValue]),
      );
    if (liveCopy && live?.[field]) liveCopy[field] = mask(before, sides[0]);
    if (planned[field]) plannedCopy[field] = mask(after, sides[1]);
  }
  return [liveCopy as KubeObject | undefined, plannedCopy as KubeObject];
}

/** Keys that readers expect at the top, in this order; all others follow by name. */
const leadingKeys = ['apiVersion', 'kind', 'metadata', 'name', 'namespace'];

function toYaml(object: KubeObject): string {
  const rank = (key: string): string => {
    const index = leadingKeys.indexOf(key);
    return index === -1 ? `1${key}` : `0${index}`;
  };
  return stringify(object, {
    lineWidth: 0,
    aliasDuplicateObjects: false,
    sortMapEntries: (left, right) => (rank(keyText(left.key)) < rank(keyText(right.key)) ? -1 : 1),
  });
}

function keyText(key: unknown): string {
  return typeof key === 'object' && key !== null && 'value' in key ? String(key.value) : String(key);
}
