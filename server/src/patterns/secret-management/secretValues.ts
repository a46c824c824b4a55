import { holdsToken, isPlaceholder, namesSecret } from '../dockerfile/secretNames.ts';

/**
 * What a value is, read with the name that it has. `key`: it has the form of a known kind of key, whatever it is called.
 * `password`: its name says that it is secret, and it is as irregular as secrets are. `word`: its name says so, but the
 * value is plain enough to be an example.
 */
export type SecretKind = 'key' | 'password' | 'word';

/** The bits of each character of a made-up password; words and identifiers stay below. */
const RANDOM_BITS = 2.8;
const SHORTEST_PASSWORD = 8;

/** What stands for a secret that is kept elsewhere: a variable, a path, an encrypted text, a reference for a renderer. */
const REFERENCE =
  /^(?:\$|\{\{|<|%|@|\/|\.{1,2}\/|file:|env:|vault:|secret:|ref\+|arn:|projects\/|op:\/\/|ENC\[|AgB|sops:|sha256:|\(\()|\$\{|\$\(|<path:|\{\{/;

/** Switches, sizes and absences, which secrets are not. */
const PLAIN = /^(?:true|false|yes|no|on|off|enabled|disabled|none|null|nil|undefined|default|unset|auto|\d{1,4})$/i;

/** Names in which no separator parts the word for a secret from the rest: `PGPASSWORD`, `clientsecret`. */
const JOINED = /(?:password|passwd|passphrase|apikey|secretkey|accesskey|authtoken|accesstoken|clientsecret)$/i;

/** Names of what points at a secret: `existingSecret`, `tokenRef`, `imagePullSecrets`. */
const POINTER = /^(?:existing|use|create|from|image)|(?:refs?|class|template|policy)$/i;

/** Reads a literal as a secret; undefined for what is none. Never shows the value. */
export function secretKind(name: string, value: string): SecretKind | undefined {
  const text = value.trim();
  if (text === '' || REFERENCE.test(text)) return undefined;
  if (holdsToken(text)) return 'key';
  const inline = passwordInUrl(text);
  if (inline !== undefined) return isRandom(inline) ? 'password' : 'word';
  if (!(namesSecret(name) || JOINED.test(name)) || POINTER.test(name) || PLAIN.test(text)) return undefined;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return undefined;
  // `API_KEY_VALUE` is filled in by whoever deploys it.
  if (/^[A-Z][A-Z\d]*(?:_[A-Z\d]+)+$/.test(text)) return undefined;
  // The name of a Secret, of a key within it, or of something else that holds the value.
  if (/^[a-z0-9]+(?:[-.][a-z0-9]+)+$/.test(text) && !isRandom(text.replace(/[-.]/g, ''))) return undefined;
  if (/key$/i.test(name) && /^[a-z]{1,20}$/.test(text)) return undefined;
  return isRandom(text) && !isPlaceholder(text) ? 'password' : 'word';
}

/** The password in `scheme://user:password@host`, or in `Password=…;` of a connection string; undefined where it is none. */
export function passwordInUrl(text: string): string | undefined {
  const written =
    /^[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:([^\s@/]+)@[^\s@]+/i.exec(text)?.[1] ??
    /(?:^|[;\s])(?:password|pwd)\s*=\s*([^;\s]+)/i.exec(text.includes('=') && text.includes(';') ? text : '')?.[1];
  if (written === undefined || REFERENCE.test(written) || isPlaceholder(written)) return undefined;
  return /^(?:password|passwd|pass|pwd|user)$/i.test(written) ? undefined : written;
}

/** Long enough, irregular, and of several kinds of characters. */
function isRandom(text: string): boolean {
  if (text.length < SHORTEST_PASSWORD || /\s/.test(text)) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/].filter((kind) => kind.test(text)).length;
  return kinds >= 2 && bitsPerCharacter(text) >= RANDOM_BITS;
}

/** Shannon's entropy of the characters of a text. */
function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
