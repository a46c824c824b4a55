import { defineRule } from '../../rules/contract.ts';
import { describe, type Resource } from '../../workspace/resource.ts';
import { secretKind } from './secretValues.ts';

/** base64 is a way of writing, and hides nothing. */
export const rule = defineRule({
  id: 'secret-management/secret-committed',
  severity: 'warning',
  profile: 'recommended',
  types: ['Secret'],
  *check(secret) {
    const { root } = secret;
    // SOPS encrypts the values and says so beside them.
    if (root.find('sops') || root.text('type') === 'kubernetes.io/service-account-token') return;
    for (const entry of root.find('stringData')?.entries ?? []) {
      const written = entry.text();
      const kind = written === undefined ? undefined : kindOf(entry.key ?? '', written);
      if (!kind) continue;
      yield { at: entry.keyPlace, message: message(secret, entry.key), ...(kind === 'word' ? { strict: true } : {}) };
    }
    for (const entry of root.find('data')?.entries ?? []) {
      const written = decoded(entry.text());
      const kind = written === undefined ? undefined : kindOf(entry.key ?? '', written);
      if (!kind) continue;
      yield { at: entry.keyPlace, message: message(secret, entry.key), ...(kind === 'word' ? { strict: true } : {}) };
    }
  },
});

function message(secret: Resource, key: string | undefined): string {
  return `${describe(secret)} holds the value of ${key ?? 'a key'} in clear, for everybody who reads this file; seal or encrypt it, or let an ExternalSecret bring it.`;
}

/** What stands in a Secret is meant to be secret, whatever its key is called. */
function kindOf(key: string, value: string): ReturnType<typeof secretKind> {
  return (
    secretKind(key, value) ??
    (/\.(?:crt|pem|cer)$|^ca(?:\.|$)|user/i.test(key) ? undefined : secretKind(`${key}_secret`, value))
  );
}

/** The text behind base64; undefined for what is none. */
function decoded(written: string | undefined): string | undefined {
  if (written === undefined) return undefined;
  const compact = written.replace(/\s/g, '');
  if (compact === '' || compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return undefined;
  return decodeBase64(compact);
}

function decodeBase64(compact: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(compact), (character) => character.charCodeAt(0)));
}
