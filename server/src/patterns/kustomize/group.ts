import type { RuleGroup } from '../../rules/group.ts';

export const group: RuleGroup = {
  id: 'kustomize',
  title: 'Kustomize',
  summary: 'Kustomizations whose files are there, whose patches meet what they patch, and that use no retired field.',
};
