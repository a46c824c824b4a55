import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { OBJECT_TYPES } from '../naming/objectTypes.ts';
import { annotation } from './hooks.ts';

/** Weight and delete policy mean something for hooks alone; an object without the hook annotation is an ordinary part of the release. */
export const rule = defineRule({
  id: 'helm/hook-setting-without-hook',
  severity: 'warning',
  profile: 'recommended',
  types: OBJECT_TYPES,
  *check(resource) {
    if (!resource.root.lacks('metadata', 'annotations', 'helm.sh/hook')) return;
    for (const name of ['helm.sh/hook-weight', 'helm.sh/hook-delete-policy']) {
      const node = annotation(resource, name);
      if (!node) continue;
      yield {
        at: node.keyPlace,
        message: `${describe(resource)} is no hook, so ${name} has no effect.`,
      };
      return;
    }
  },
});
