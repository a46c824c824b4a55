import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { isModeUnset, VERTICAL_AUTOSCALER } from './verticalAutoscaler.ts';

/** Without a mode, pods are evicted to be resized; `Auto` means the same and is deprecated. */
export const rule = defineRule({
  id: 'vpa/mode-unset',
  severity: 'information',
  profile: 'strict',
  types: [VERTICAL_AUTOSCALER],
  *check(resource) {
    const { root } = resource;
    const written = root.find('spec', 'updatePolicy', 'updateMode');
    if (written ? written.text() !== 'Auto' : !isModeUnset(root)) return;
    const at = written ?? root.find('spec', 'updatePolicy')?.keyPlace ?? root.find('spec', 'targetRef')?.keyPlace;
    if (!at) return;
    yield {
      at,
      message: written
        ? `updateMode Auto of ${describe(resource)} is deprecated and evicts pods; say which mode is meant.`
        : `${describe(resource)} says no updateMode, so pods are evicted to be resized.`,
      fixes: [
        {
          title: 'Recommend only (Off)',
          safe: false,
          edits: () => setValue(root, ['spec', 'updatePolicy', 'updateMode'], 'Off'),
        },
        {
          title: 'Keep evicting pods (Recreate)',
          safe: false,
          edits: () => setValue(root, ['spec', 'updatePolicy', 'updateMode'], 'Recreate'),
        },
      ],
    };
  },
});
