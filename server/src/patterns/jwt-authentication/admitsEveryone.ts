import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { AUTHORIZATION_POLICY, demandsToken, policiesBeside, REQUEST_AUTHENTICATION } from './tokenDemand.ts';

/** Policies that allow are alternatives: one empty rule admits what the others would have refused. */
export const rule = defineRule({
  id: 'jwt-authentication/admits-everyone',
  severity: 'warning',
  profile: 'recommended',
  types: [AUTHORIZATION_POLICY],
  *check(resource, graph) {
    if (resource.root.text('spec', 'action') !== 'ALLOW' && !resource.root.lacks('spec', 'action')) return;
    const empty = resource.root
      .find('spec', 'rules')
      ?.items.find((rule) => rule.kind === 'map' && !rule.open && rule.entries.length === 0);
    if (!empty) return;
    for (const authentication of graph.near(resource, REQUEST_AUTHENTICATION)) {
      const policies = policiesBeside(authentication, graph);
      if (!policies.includes(resource)) continue;
      const allows = (action: string | undefined) => action === undefined || action === 'ALLOW';
      const demanding = policies.find(
        (policy) => policy !== resource && allows(policy.root.text('spec', 'action')) && demandsToken(policy) === true,
      );
      // A policy that denies requests without a token still counts.
      const denies = policies.some(
        (policy) => policy.root.text('spec', 'action') === 'DENY' && demandsToken(policy) !== false,
      );
      if (!demanding || denies) continue;
      yield {
        at: empty,
        message: `This empty rule admits every request, so the token that ${describe(demanding)} demands is not needed.`,
        related: [
          {
            at: demanding.root.find('metadata', 'name') ?? demanding.root,
            message: `${describe(demanding)} demands a token.`,
          },
        ],
      };
      return;
    }
  },
});
