import type { RuleGroup } from '../../rules/group.ts';

export const group: RuleGroup = {
  id: 'naming',
  title: 'Names and labels',
  summary: 'Names, labels and namespaces that the API server takes, and that mean one object each.',
};
