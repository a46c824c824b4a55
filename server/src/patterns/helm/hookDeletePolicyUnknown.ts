import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule, type Finding } from '../../rules/contract.ts';
import { nearestName } from '../../text/nearestName.ts';
import { OBJECT_TYPES } from '../naming/objectTypes.ts';
import { annotation, words } from './hooks.ts';

const POLICIES = ['before-hook-creation', 'hook-succeeded', 'hook-failed'];

/** A delete policy that Helm does not know deletes nothing, and takes the place of the one that applies by itself. */
export const rule = defineRule({
  id: 'helm/hook-delete-policy-unknown',
  severity: 'warning',
  profile: 'recommended',
  types: OBJECT_TYPES,
  *check(resource): Iterable<Finding> {
    const node = annotation(resource, 'helm.sh/hook-delete-policy');
    const written = node?.text();
    if (!node || written === undefined) return;
    for (const policy of words(written)) {
      if (POLICIES.includes(policy.toLowerCase())) continue;
      const near = nearestName(policy, POLICIES);
      yield {
        at: node,
        message: `Helm knows no delete policy ${policy === '' ? '""' : policy}; there are ${POLICIES.join(', ')}.`,
        ...(near === undefined || policy !== written
          ? {}
          : { fixes: [{ title: `Use the policy ${near}`, safe: true, edits: () => [replaceValue(node, near)] }] }),
      };
    }
  },
});
