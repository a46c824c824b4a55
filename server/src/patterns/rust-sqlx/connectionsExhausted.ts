import { defineRule } from '../../rules/contract.ts';
import { exhaustedConnections } from '../../rules/parts/connectionSum.ts';
import { POOL_TYPES } from './rustSqlx.ts';

/** The pools of all pods together are larger than what the database admits. */
export const rule = defineRule({
  id: 'rust-sqlx/connections-exhausted',
  severity: 'warning',
  profile: 'recommended',
  types: POOL_TYPES,
  check: (resource, graph) => exhaustedConnections('rust-sqlx', resource, graph),
});
