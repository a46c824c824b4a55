import { defineRule } from '../../rules/contract.ts';
import { exhaustedConnections } from '../../rules/parts/connectionSum.ts';

import { SETTING_OWNERS } from '../../workspace/applications/spring/settingOwners.ts';

/** The pools of all pods together are larger than what the database admits: the last pods cannot start or answer. */
export const rule = defineRule({
  id: 'spring-data/connections-exhausted',
  severity: 'warning',
  profile: 'recommended',
  types: SETTING_OWNERS,
  check: (resource, graph) => exhaustedConnections('spring-data', resource, graph),
});
