import type { RuleGroup } from '../../rules/group.ts';

export const group: RuleGroup = {
  id: 'dockerfile',
  title: 'Dockerfile',
  summary: 'How an image is built: what Docker refuses or ignores, what makes images big, slow to build or unsafe.',
};
