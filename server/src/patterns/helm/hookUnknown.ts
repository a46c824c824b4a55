import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule, type Finding } from '../../rules/contract.ts';
import { nearestName } from '../../text/nearestName.ts';
import { describe } from '../../workspace/resource.ts';
import { OBJECT_TYPES } from '../naming/objectTypes.ts';
import { annotation, words } from './hooks.ts';

const HOOKS = [
  'pre-install',
  'post-install',
  'pre-delete',
  'post-delete',
  'pre-upgrade',
  'post-upgrade',
  'pre-rollback',
  'post-rollback',
  'test',
];

/** Helm leaves an object out of the release altogether when one of its hooks is not known. */
export const rule = defineRule({
  id: 'helm/hook-unknown',
  severity: 'error',
  profile: 'recommended',
  types: OBJECT_TYPES,
  *check(resource): Iterable<Finding> {
    const node = annotation(resource, 'helm.sh/hook');
    const written = node?.text();
    if (!node || written === undefined) return;
    for (const hook of words(written)) {
      if (HOOKS.includes(hook.toLowerCase()) || hook === 'test-success') continue;
      if (hook === 'crd-install') {
        yield {
          at: node,
          message: `Helm has no hook crd-install any more, so ${describe(resource)} is not installed; such objects go to crds/.`,
        };
        continue;
      }
      const near = nearestName(hook, HOOKS);
      yield {
        at: node,
        message: `Helm knows no hook ${hook === '' ? '""' : hook}, so ${describe(resource)} is not installed at all.`,
        ...(near === undefined || hook !== written
          ? {}
          : { fixes: [{ title: `Use the hook ${near}`, safe: true, edits: () => [replaceValue(node, near)] }] }),
      };
    }
  },
});
