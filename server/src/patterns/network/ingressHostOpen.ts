import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { INGRESS } from './ingresses.ts';

/** A rule for all hosts answers names that others bring, and takes those that no other Ingress claims. */
export const rule = defineRule({
  id: 'network/ingress-host-open',
  severity: 'information',
  profile: 'strict',
  types: [INGRESS],
  equivalents: [
    'gatekeeper:block-wildcard-ingress',
    'kyverno:restrict-ingress-wildcard',
    'kyverno:disallow-empty-ingress-host',
    'kyverno:restrict-ingress-defaultbackend',
  ],
  *check(resource) {
    const { root } = resource;
    const fallback = root.find('spec', 'defaultBackend');
    if (fallback)
      yield { at: fallback.keyPlace, message: `${describe(resource)} answers for every host that no rule names.` };
    for (const rule of root.find('spec', 'rules')?.items ?? []) {
      const host = rule.find('host');
      const isEmpty = rule.lacks('host') || host?.text() === '';
      if (isEmpty)
        yield {
          at: host ?? rule.find('http')?.keyPlace ?? rule,
          message: `${describe(resource)} answers here for every host.`,
        };
      else if (host?.text()?.startsWith('*'))
        yield { at: host, message: `${describe(resource)} answers for every host under ${host.text()!.slice(2)}.` };
    }
  },
});
