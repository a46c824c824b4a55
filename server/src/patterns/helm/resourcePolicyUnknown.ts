import { defineRule } from '../../rules/contract.ts';
import { OBJECT_TYPES } from '../naming/objectTypes.ts';
import { annotation } from './hooks.ts';

/** The one policy that Helm knows keeps an object when the release is uninstalled; anything else lets it be deleted. */
export const rule = defineRule({
  id: 'helm/resource-policy-unknown',
  severity: 'warning',
  profile: 'recommended',
  types: OBJECT_TYPES,
  *check(resource) {
    const node = annotation(resource, 'helm.sh/resource-policy');
    const policy = node?.text();
    if (!node || policy === undefined || policy.trim().toLowerCase() === 'keep') return;
    // `delete` is what happens anyway, written out.
    if (policy === '' || policy === 'delete') return;
    yield { at: node, message: `Helm knows the resource policy keep alone, so ${policy} keeps nothing.` };
  },
});
