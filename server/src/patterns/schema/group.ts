import type { RuleGroup } from '../../rules/group.ts';

export const group: RuleGroup = {
  id: 'schema',
  title: 'Schema',
  summary:
    'Whether an object has the fields, types and values that its kind asks for, in a version that is still served.',
  codes: [
    'unknown-field',
    'wrong-type',
    'missing-field',
    'invalid-value',
    'unknown-kind',
    'removed-api-version',
    'deprecated-api-version',
    'future-api-version',
  ],
};
