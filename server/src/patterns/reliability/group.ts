import type { RuleGroup } from '../../rules/group.ts';

export const group: RuleGroup = {
  id: 'reliability',
  title: 'Reliability',
  summary: 'What keeps pods running, finds them when they hang, and spares them when nodes are taken away.',
};
