import { defineRule, type Finding } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { OBJECT_TYPES } from './objectTypes.ts';

const PART = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/;
const PREFIX = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;
const LONGEST_PART = 63;
const LONGEST_PREFIX = 253;

/** The API server rejects an object with a label that is not made as the label syntax says. */
export const rule = defineRule({
  id: 'naming/label-invalid',
  severity: 'error',
  profile: 'recommended',
  types: OBJECT_TYPES,
  equivalents: ['kube-score:label-values', 'kics:metadata_label_is_invalid', 'kyverno:metadata-match-regex'],
  *check(resource) {
    const { root } = resource;
    const maps = [
      root.find('metadata', 'labels'),
      workloadOf(resource)?.podLabels,
      root.find('spec', 'selector', 'matchLabels'),
      resource.type === 'Service' ? root.find('spec', 'selector') : undefined,
    ];
    // A Pod's own labels are those of its template.
    for (const map of new Set(maps)) for (const label of map?.entries ?? []) yield* checkLabel(label);
  },
});

function* checkLabel(label: SourceNode): Iterable<Finding> {
  const fault = keyFault(label.key ?? '');
  if (fault) yield { at: label.keyPlace, message: `${label.key} is no label: ${fault}.` };
  if (label.kind !== 'scalar') return;
  const value = label.text() ?? '';
  if (value === '') return;
  if (value.length > LONGEST_PART) {
    yield {
      at: label,
      message: `The value of label ${label.key} has ${value.length} characters; ${LONGEST_PART} are allowed.`,
    };
  } else if (!PART.test(value)) {
    yield {
      at: label,
      message: `${JSON.stringify(value)} is no value for label ${label.key}: it may hold letters, digits, '-', '_' and '.', and begins and ends with a letter or digit.`,
    };
  }
}

function keyFault(key: string): string | undefined {
  // What a template writes has no key to judge.
  if (key === '' || key.includes('{{')) return undefined;
  const slash = key.indexOf('/');
  const name = key.slice(slash + 1);
  const prefix = slash < 0 ? undefined : key.slice(0, slash);
  if (prefix !== undefined && (prefix.length > LONGEST_PREFIX || !PREFIX.test(prefix)))
    return `its prefix ${JSON.stringify(prefix)} is no DNS name`;
  if (name.length > LONGEST_PART) return `its name has ${name.length} characters, and ${LONGEST_PART} are allowed`;
  if (!PART.test(name))
    return `its name may hold letters, digits, '-', '_' and '.', and begins and ends with a letter or digit`;
  return undefined;
}
