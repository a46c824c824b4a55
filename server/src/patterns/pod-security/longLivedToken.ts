import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';

/** A token in a Secret is valid for ever, for whoever has read it once. */
export const rule = defineRule({
  id: 'pod-security/long-lived-token',
  severity: 'warning',
  profile: 'strict',
  types: ['Secret'],
  equivalents: ['kyverno:deny-secret-service-account-token-type', 'kyverno:check-serviceaccount-secrets'],
  *check(resource) {
    const { root } = resource;
    const type = root.find('type');
    if (type?.text() !== 'kubernetes.io/service-account-token') return;
    const account = root.text('metadata', 'annotations', 'kubernetes.io/service-account.name');
    yield {
      at: type,
      message: `${describe(resource)} holds a token${account ? ` of ServiceAccount ${account}` : ''} that never expires.`,
    };
  },
});
