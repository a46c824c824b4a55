import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { REQUEST_AUTHENTICATION } from './tokenDemand.ts';

/** A token that the same issuer made for another application is as good as one for this. */
export const rule = defineRule({
  id: 'jwt-authentication/audience-missing',
  severity: 'information',
  profile: 'strict',
  types: [REQUEST_AUTHENTICATION],
  *check(resource) {
    for (const jwt of resource.root.find('spec', 'jwtRules')?.items ?? []) {
      const issuer = jwt.find('issuer');
      if (issuer?.text() === undefined || !jwt.lacks('audiences')) continue;
      yield {
        at: issuer,
        message: `${describe(resource)} names no audiences, so a token that ${issuer.text()} made for another application is accepted.`,
      };
    }
  },
});
