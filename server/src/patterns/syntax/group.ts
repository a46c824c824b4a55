import type { RuleGroup } from '../../rules/group.ts';

export const group: RuleGroup = {
  id: 'syntax',
  title: 'Syntax',
  summary: 'Whether a file can be read as its language at all.',
  codes: ['duplicate-key', 'bad-alias', 'suppression-unused', 'suppression-of-unknown-rule'],
};
