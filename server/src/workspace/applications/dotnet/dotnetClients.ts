import { APP_SETTINGS } from '../../../languages/dotnet/appSettingsLanguage.ts';
import {
  connectionValue,
  DATABASE_KEYS,
  HOST_KEYS,
  POOL_SIZE_KEYS,
  readConnectionString,
} from '../../../languages/dotnet/connectionString.ts';
import type { Place } from '../../../text/sourceNode.ts';
import { SERVING_TYPES } from '../../kubernetes/workload.ts';
import type { ResourceGraph } from '../../resourceGraph.ts';
import type { DatabaseAddress, DatabaseEngine } from '../databaseAddress.ts';
import type { DatabaseClient } from '../databaseClient.ts';
import { runningSources, type SourceFolder } from '../sourceFolders.ts';
import { connectionStrings } from './connectionStrings.ts';
import { dataPackages } from './dotnetSources.ts';

/** Npgsql, SqlClient and MySqlConnector agree on it. */
const DEFAULT_POOL = 100;

/** The databases that applications of .NET work on: a pool for each connection string of each process. */
export function* dotnetClients(graph: ResourceGraph): Iterable<DatabaseClient> {
  for (const running of runningSources(graph)) {
    const { source, workload } = running;
    if (!SERVING_TYPES.includes(workload.resource.type) || dataPackages(source).length === 0) continue;
    const { byName, open } = connectionStrings(source, running, graph);
    for (const setting of byName.values()) {
      // What a file says may be overridden by what is not known.
      if (open && setting.resource.type === APP_SETTINGS) continue;
      const settings = setting.value === undefined ? undefined : readConnectionString(setting.value);
      const address = settings && addressIn(settings, source);
      if (!settings || !address) continue;
      const size = connectionValue(settings, ...POOL_SIZE_KEYS);
      const isPooled = connectionValue(settings, 'pooling')?.value.toLowerCase() !== 'false';
      const count = size ? Number(size.value) : DEFAULT_POOL;
      const isKnown = isPooled && Number.isInteger(count) && count > 0;
      const { at, resource } = setting;
      const place = size ? placeWithin(at, setting.value!, size.span) : at;
      yield {
        stack: 'aspire-efcore',
        running,
        pool: isKnown ? { count, at: place, resource, name: 'Maximum Pool Size' } : undefined,
        processes: { count: 1, at: undefined, resource: undefined, name: 'processes' },
        address,
        addressAt: { at, resource },
      };
    }
  }
}

/** Where a database answers, by a connection string of ADO.NET; undefined for what names no host. */
export function addressIn(
  settings: NonNullable<ReturnType<typeof readConnectionString>>,
  source: SourceFolder,
): DatabaseAddress | undefined {
  const written = connectionValue(settings, ...HOST_KEYS)?.value.replace(/^tcp:/i, '');
  // A list of hosts, or a file of SQLite, is no one server.
  if (written === undefined || /[\\/]|\.db$/.test(written)) return undefined;
  const [host, ...others] = written.split(',');
  if (host === undefined || others.some((part) => !/^\d+$/.test(part))) return undefined;
  const port = Number(connectionValue(settings, 'port')?.value ?? others[0] ?? host.split(':')[1]);
  return {
    engine: engineOf(source),
    host: host.split(':')[0]!.toLowerCase(),
    port: Number.isInteger(port) && port > 0 ? port : undefined,
    database: connectionValue(settings, ...DATABASE_KEYS)?.value,
    driver: undefined,
    hasPassword: (connectionValue(settings, 'password', 'pwd')?.value ?? '') !== '',
  };
}

function engineOf(source: SourceFolder): DatabaseEngine | undefined {
  const names = dataPackages(source).map(({ package: { name } }) => name.toLowerCase());
  const engines = new Set<DatabaseEngine>();
  for (const name of names) {
    if (name.includes('npgsql')) engines.add('postgresql');
    else if (name.includes('mysql')) engines.add('mysql');
    else if (/sqlserver|sqlclient/.test(name)) engines.add('sqlserver');
  }
  const [engine, ...others] = engines;
  return others.length === 0 ? engine : undefined;
}

/** A part of a value, where the file writes the value as it is. */
export function placeWithin(at: Place, value: string, span: { readonly start: number; readonly end: number }): Place {
  const offset = at.source.slice(at.span).indexOf(value);
  if (offset < 0) return at;
  const start = at.span.start + offset;
  return { source: at.source, span: { start: start + span.start, end: start + span.end } };
}
