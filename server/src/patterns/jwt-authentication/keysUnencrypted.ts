import { defineRule } from '../../rules/contract.ts';
import { REQUEST_AUTHENTICATION } from './tokenDemand.ts';

/** Whoever can change the answer on the way gives himself a key, and every token that he likes. */
export const rule = defineRule({
  id: 'jwt-authentication/keys-unencrypted',
  severity: 'warning',
  profile: 'recommended',
  types: [REQUEST_AUTHENTICATION],
  *check(resource) {
    for (const jwt of resource.root.find('spec', 'jwtRules')?.items ?? []) {
      const uri = jwt.find('jwksUri');
      const host = /^http:\/\/([^/:]+)/.exec(uri?.text() ?? '')?.[1];
      if (!uri || host === undefined) continue;
      const isInside = !host.includes('.') || /\.svc(?:\.|$)/.test(host) || host === 'localhost';
      yield {
        at: uri,
        message: `The keys that check every token are fetched from ${host} without TLS.`,
        ...(isInside ? { strict: true as const, severity: 'information' as const } : {}),
      };
    }
  },
});
