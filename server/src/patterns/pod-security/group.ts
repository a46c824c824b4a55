import type { RuleGroup } from '../../rules/group.ts';

export const group: RuleGroup = {
  id: 'pod-security',
  title: 'Pod security',
  summary: 'What a pod may do to its node, to other pods and to the API server, and which images it runs.',
};
