import { APP_SETTINGS } from '../../languages/dotnet/appSettingsLanguage.ts';
import { defineRule } from '../../rules/contract.ts';
import { exhaustedConnections, POOL_OWNERS } from '../../rules/parts/connectionSum.ts';

/** Each pod has a pool for each connection string, of up to 100 connections where nothing is written. */
export const rule = defineRule({
  id: 'aspire-efcore/connections-exhausted',
  severity: 'warning',
  profile: 'recommended',
  types: [...POOL_OWNERS, APP_SETTINGS],
  check: (resource, graph) => exhaustedConnections('aspire-efcore', resource, graph),
});
