import { readDatabaseAddress } from '../databaseAddress.ts';
import type { CountedSetting, DatabaseClientFinder } from '../databaseClient.ts';
import { type SpringSettings, springApplications } from './springSettings.ts';

/** HikariCP's own `maximumPoolSize`, and `spring.r2dbc.pool.max-size`. */
const DEFAULT_POOL = 10;

const ACCESSES = [
  { url: 'spring.datasource.url', pool: 'spring.datasource.hikari.maximum-pool-size', type: 'spring.datasource.type' },
  { url: 'spring.r2dbc.url', pool: 'spring.r2dbc.pool.max-size', type: undefined },
] as const;

/** Spring Boot: one process for each container, with HikariCP or a pool of R2DBC. */
export const springClients: DatabaseClientFinder = function* springClients(graph) {
  for (const settings of springApplications(graph)) {
    const { running } = settings;
    if (!running) continue;
    for (const { url, pool, type } of ACCESSES) {
      const written = settings.get(url);
      if (!written) continue;
      yield {
        stack: 'spring-data',
        running,
        pool: type !== undefined && !settings.lacks(type) && settings.get(type) ? undefined : poolOf(settings, pool),
        processes: { count: 1, at: undefined, resource: undefined, name: 'processes' },
        address:
          written.value === undefined || !settings.isCertain(written) ? undefined : readDatabaseAddress(written.value),
        addressAt: { at: written.at, resource: written.resource },
      };
    }
  }
};

function poolOf(settings: SpringSettings, key: string): CountedSetting | undefined {
  const written = settings.get(key);
  if (!written) {
    return settings.lacks(key) ? { count: DEFAULT_POOL, at: undefined, resource: undefined, name: key } : undefined;
  }
  if (!settings.isCertain(written)) return undefined;
  const count = Number(written.value);
  return Number.isInteger(count) && count > 0 && written.value !== ''
    ? { count, at: written.at, resource: written.resource, name: key }
    : undefined;
}
