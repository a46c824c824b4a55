import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { BINDING_TYPES } from './rights.ts';

/** The default service account is that of every pod which names none, so all of them get the role. */
export const rule = defineRule({
  id: 'rbac-authorization/default-account-bound',
  severity: 'warning',
  profile: 'recommended',
  types: BINDING_TYPES,
  equivalents: [
    'checkov:CKV_K8S_42',
    'kics:role_binding_to_default_service_account',
    'kubescape:ensure-default-service-accounts-has-only-default-roles',
  ],
  *check(resource) {
    for (const subject of resource.root.find('subjects')?.items ?? []) {
      const name = subject.find('name');
      if (subject.text('kind') !== 'ServiceAccount' || !name || name.text() !== 'default') continue;
      const namespace = subject.text('namespace') ?? resource.namespace;
      yield {
        at: name,
        message: `${describe(resource)} gives the role ${resource.root.text('roleRef', 'name') ?? ''} to every pod${namespace ? ` of ${namespace}` : ''} that names no service account.`,
      };
    }
  },
});
