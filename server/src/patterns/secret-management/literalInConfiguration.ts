import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { type SecretKind, secretKind } from './secretValues.ts';
import { writtenLines } from './writtenLines.ts';

/** A ConfigMap is for everybody who may look into the namespace. */
export const rule = defineRule({
  id: 'secret-management/literal-in-configuration',
  severity: 'warning',
  profile: 'recommended',
  types: ['ConfigMap'],
  equivalents: [
    'polaris:sensitiveConfigmapContent',
    'trivy:KSV-0109',
    'trivy:KSV-01010',
    'kubescape:rule-credentials-configmap',
  ],
  *check(resource) {
    for (const entry of resource.root.find('data')?.entries ?? []) {
      const text = entry.text();
      const key = entry.key;
      if (text === undefined || key === undefined) continue;
      for (const { name, kind } of text.includes('\n') ? inFile(text) : inValue(key, text)) {
        yield {
          at: entry.keyPlace,
          message:
            name === key
              ? `${describe(resource)} holds the secret ${key} in clear; it belongs in a Secret.`
              : `${key} in ${describe(resource)} sets ${name} to a secret in clear; it belongs in a Secret.`,
          ...(kind === 'key' ? { severity: 'error' as const } : {}),
          ...(kind === 'word' ? { strict: true as const } : {}),
        };
      }
    }
  },
});

interface Found {
  readonly name: string;
  readonly kind: SecretKind;
}

function* inValue(key: string, text: string): Iterable<Found> {
  const kind = secretKind(key, text);
  if (kind) yield { name: key, kind };
}

function* inFile(text: string): Iterable<Found> {
  if (/-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/.test(text)) yield { name: 'a private key', kind: 'key' };
  for (const { name, value } of writtenLines(text)) {
    const kind = secretKind(name, value);
    if (kind) yield { name, kind };
  }
}
