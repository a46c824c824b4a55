import type { RuleGroup } from '../../rules/group.ts';

export const group: RuleGroup = {
  id: 'metrics',
  title: 'Metrics',
  summary: 'How Prometheus finds what it measures.',
};
