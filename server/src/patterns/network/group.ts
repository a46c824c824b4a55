import type { RuleGroup } from '../../rules/group.ts';

export const group: RuleGroup = {
  id: 'network',
  title: 'Network',
  summary: 'Who may reach which pod, from inside the cluster and from outside.',
};
