import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { isBuiltIn, isEverything, ROLE_TYPES, rightsOf } from './rights.ts';

/** A wildcard also gives what the next version of the cluster or the next custom resource brings. */
export const rule = defineRule({
  id: 'rbac-authorization/rights-wildcard',
  severity: 'warning',
  profile: 'strict',
  types: ROLE_TYPES,
  equivalents: [
    'kube-linter:wildcard-in-rules',
    'checkov:CKV_K8S_49',
    'trivy:KSV-0044',
    'trivy:KSV-0045',
    'trivy:KSV-0046',
    'trivy:KSV-0112',
    'kics:rbac_wildcard_in_rule',
    'kyverno:restrict-wildcard-verbs',
    'kyverno:restrict-wildcard-resources',
  ],
  *check(resource) {
    if (isBuiltIn(resource)) return;
    for (const right of rightsOf(resource)) {
      const verb = right.verbs.get('*');
      const target = right.resources.get('*');
      const at = target ?? verb;
      if (!at) continue;
      yield {
        at,
        message: isEverything(right)
          ? `${describe(resource)} gives every right on everything, as cluster-admin does.`
          : target
            ? `${describe(resource)} gives rights on every resource, those included that do not exist yet.`
            : `${describe(resource)} gives every right on ${[...right.resources.keys()].join(', ')}.`,
      };
    }
  },
});
