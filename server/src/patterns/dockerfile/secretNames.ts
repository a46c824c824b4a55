/** Words that name a secret when one of the parts of a variable's name, or two neighbours, is equal to them. */
const SECRET_PARTS: ReadonlySet<string> = new Set([
  'password',
  'passwd',
  'passphrase',
  'pword',
  'pwd',
  'secret',
  'secrets',
  'token',
  'apikey',
  'credential',
  'credentials',
]);
const SECRET_PAIRS: ReadonlySet<string> = new Set([
  'api_key',
  'access_key',
  'private_key',
  'secret_key',
  'encryption_key',
  'signing_key',
  'auth_key',
  'master_key',
  'account_key',
]);
/** What follows a secret's word when the variable only speaks about it. */
const ABOUT: ReadonlySet<string> = new Set(
  (
    'file files path dir directory folder name names id ids url uri host endpoint length size type kind ttl expiry expiration expires timeout ' +
    'lifetime duration enabled disabled required version header prefix suffix public policy provider manager store service algorithm alg format ' +
    'mode issuer audience env var variable key_id mount location cmd command helper regex pattern count limit rotation source'
  ).split(' '),
);

/** The name of a variable says that its value is a secret: `DB_PASSWORD`, `npmToken`; not `TOKEN_FILE` or `PUBLIC_KEY`. */
export function namesSecret(name: string): boolean {
  const parts = partsOf(name);
  if (speaksAbout(parts)) return false;
  return parts.some(
    (part, index) => SECRET_PARTS.has(part) || (index > 0 && SECRET_PAIRS.has(`${parts[index - 1]}_${part}`)),
  );
}

function partsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[_.-]+/)
    .filter((part) => part !== '');
}

function speaksAbout(parts: readonly string[]): boolean {
  return parts.includes('public') || ABOUT.has(parts[parts.length - 1] ?? '');
}

/** The name may mean a secret as well as many other things: `GIT_KEY`, `AUTH`. */
export function mayNameSecret(name: string): boolean {
  const parts = partsOf(name);
  return parts.some((part) => part === 'key' || part === 'auth') && !speaksAbout(parts);
}

const TOKENS: readonly RegExp[] = [
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{36,}\b/,
  /\bgithub_pat_[A-Za-z0-9_]{60,}\b/,
  /\bglpat-[A-Za-z0-9_-]{20,}/,
  /\bxox[abposr]-[A-Za-z0-9-]{10,}/,
  /\bnpm_[A-Za-z0-9]{36}\b/,
  /\bsk_live_[A-Za-z0-9]{20,}/,
  /\bAIza[A-Za-z0-9_-]{35}\b/,
  /\bdckr_pat_[A-Za-z0-9_-]{20,}/,
  /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/,
  /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/,
];

/** The text holds something that has the form of a known kind of key. */
export function holdsToken(text: string): boolean {
  return TOKENS.some((token) => token.test(text));
}

/** A value that stands for a secret without being one. */
export function isPlaceholder(value: string): boolean {
  const text = value.trim().toLowerCase();
  if (text.length < 3 || /^(?:true|false|yes|no|none|null|nil|undefined|default|unset|on|off|\d{1,4})$/.test(text))
    return true;
  if (
    /^(?:change[-_ ]?me|replace[-_ ]?me|to[-_ ]?do|dummy|fake|example|sample|placeholder|redacted|not[-_ ]?set|xxx+|\*+|\.+|build|ci|test(?:ing)?)$/.test(
      text,
    )
  )
    return true;
  if (/(?:dummy|placeholder|change[-_]?me|replace[-_]?me|not[-_]?(?:a[-_]?)?real|for[-_]?build|precompile)/.test(text))
    return true;
  return /^<.*>$|^\{\{.*\}\}$|^%.*%$|^(?:\/|\.\/|[a-z]:\\).*/.test(text);
}
