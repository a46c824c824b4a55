import type { RuleGroup } from '../../rules/group.ts';

export const group: RuleGroup = {
  id: 'configuration',
  title: 'slipway.yaml',
  summary: 'Whether the settings of Slipway say what they were meant to say.',
  codes: ['unknown-key', 'missing-key', 'wrong-type', 'invalid-value', 'unknown-rule'],
};
