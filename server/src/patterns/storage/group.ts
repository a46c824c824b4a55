import type { RuleGroup } from '../../rules/group.ts';

export const group: RuleGroup = {
  id: 'storage',
  title: 'Storage',
  summary: 'Claims that their pods can mount, and disks that nobody fills or reads by accident.',
};
