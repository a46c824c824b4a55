import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { REQUEST_AUTHENTICATION } from './tokenDemand.ts';

/** A symmetric key checks and signs: whoever reads this file can make tokens. */
export const rule = defineRule({
  id: 'jwt-authentication/key-symmetric',
  severity: 'error',
  profile: 'recommended',
  types: [REQUEST_AUTHENTICATION],
  *check(resource) {
    for (const jwt of resource.root.find('spec', 'jwtRules')?.items ?? []) {
      const keys = jwt.find('jwks');
      if (!keys || !/"kty"\s*:\s*"oct"/.test(keys.text() ?? '')) continue;
      yield {
        at: keys.keyPlace,
        message: `${describe(resource)} holds a symmetric key: whoever reads it can sign tokens.`,
      };
    }
  },
});
