import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { isBuiltIn, isEverything, ROLE_TYPES, rightsOf } from './rights.ts';

const OF_ANY = ['kube-linter:wildcard-in-rules', 'checkov:CKV_K8S_49', 'kics:rbac_wildcard_in_rule'];
const OF_EVERYTHING = ['trivy:KSV-0044', 'trivy:KSV-0112'];
const OF_VERBS = ['trivy:KSV-0045', 'kyverno:restrict-wildcard-verbs'];
const OF_RESOURCES = ['trivy:KSV-0046', 'kyverno:restrict-wildcard-resources'];

/** A wildcard also gives what the next version of the cluster or the next custom resource brings. */
export const rule = defineRule({
  id: 'rbac-authorization/rights-wildcard',
  severity: 'warning',
  profile: 'strict',
  types: ROLE_TYPES,
  equivalents: [...OF_ANY, ...OF_EVERYTHING, ...OF_VERBS, ...OF_RESOURCES],
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
        equivalents: [
          ...OF_ANY,
          ...(verb && target ? OF_EVERYTHING : []),
          ...(verb ? OF_VERBS : []),
          ...(target ? OF_RESOURCES : []),
        ],
      };
    }
  },
});
