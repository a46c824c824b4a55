import { stringify } from 'yaml';
import type { KubeObject } from './kubeObject.ts';
import { authored } from './objectDiff.ts';
import { withoutSecretValues } from './secretValues.ts';

const OPTIONS = { lineWidth: 0, aliasDuplicateObjects: false } as const;

/** An object as YAML, whole but for managed fields and the values of a Secret. */
export function wholeText(object: KubeObject): string {
  const { managedFields: _managedFields, ...metadata } = object.metadata;
  return stringify(withoutSecretValues({ ...object, metadata }), OPTIONS);
}

/** What of an object can be edited, as YAML: without its status, what the server keeps, and the values of a Secret. */
export function editableText(object: KubeObject): string {
  return stringify(withoutSecretValues(authored(object)), OPTIONS);
}
