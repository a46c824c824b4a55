import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';

/** Argo Rollouts rejects a preview that is the active Service itself. */
export const rule = defineRule({
  id: 'blue-green/services-identical',
  severity: 'error',
  profile: 'recommended',
  types: ['argoproj.io/Rollout'],
  *check(resource) {
    const { root } = resource;
    const active = root.find('spec', 'strategy', 'blueGreen', 'activeService');
    const preview = root.find('spec', 'strategy', 'blueGreen', 'previewService');
    if (!active || !preview || preview.text() === undefined || preview.text() !== active.text()) return;
    yield {
      at: preview,
      message: `${describe(resource)} uses Service ${preview.text()} both for its users and for the preview.`,
      related: [{ at: active, message: 'The active Service.' }],
    };
  },
});
