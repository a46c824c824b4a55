import { defineRule } from '../../rules/contract.ts';
import { REQUEST_AUTHENTICATION } from './tokenDemand.ts';

/** Without a key nothing can be checked. An issuer that is a URL may tell where its keys are. */
export const rule = defineRule({
  id: 'jwt-authentication/keys-missing',
  severity: 'error',
  profile: 'recommended',
  types: [REQUEST_AUTHENTICATION],
  *check(resource) {
    for (const jwt of resource.root.find('spec', 'jwtRules')?.items ?? []) {
      const issuer = jwt.find('issuer');
      const name = issuer?.text();
      if (!issuer || !name || !jwt.lacks('jwksUri') || !jwt.lacks('jwks')) continue;
      const isUrl = /^https?:\/\//.test(name);
      yield {
        at: issuer,
        message: isUrl
          ? `The keys of ${name} are found by OpenID discovery only: neither jwksUri nor jwks is written.`
          : `No token of ${name} can be checked: neither jwksUri nor jwks is written, and the issuer is no URL to discover them.`,
        ...(isUrl ? { strict: true as const, severity: 'information' as const } : {}),
      };
    }
  },
});
