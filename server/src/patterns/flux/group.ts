import type { RuleGroup } from '../../rules/group.ts';

export const group: RuleGroup = {
  id: 'flux',
  title: 'Flux',
  summary: 'Where Flux takes what it deploys from, and whether it proves who made it.',
};
