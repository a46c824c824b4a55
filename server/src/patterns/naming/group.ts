import type { RuleGroup } from '../../rules/group.ts';

export const group: RuleGroup = {
  id: 'naming',
  title: 'Names',
  summary: 'Names and namespaces that mean one object each.',
};
