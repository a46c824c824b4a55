import { RUST_SOURCE, type RustSource } from '../../../languages/rust/rustSource.ts';
import { readDatabaseAddress } from '../databaseAddress.ts';
import type { CountedSetting, DatabaseClientFinder } from '../databaseClient.ts';
import { environmentOf } from '../environment.ts';
import type { EffectiveSetting } from '../setting.ts';
import { crateNamed, type RustApplication, rustApplications } from './rustApplications.ts';

/** What SQLx takes where `max_connections` is not called. */
const DEFAULT_POOL = 10;

/** Crates that keep connections to a relational database. */
export const DATABASE_CRATES = [
  'sqlx',
  'diesel',
  'diesel-async',
  'tokio-postgres',
  'postgres',
  'sea-orm',
  'mysql_async',
];

/** Programs in Rust: one process for each container, with the pool that its sources build. */
export const rustClients: DatabaseClientFinder = function* rustClients(graph) {
  for (const application of rustApplications(graph)) {
    if (!crateNamed(application, ...DATABASE_CRATES)) continue;
    const { source } = application;
    for (const { workload, container } of source.uses) {
      const running = { workload, container, source };
      const { variables, open } = environmentOf(running, graph);
      const written = addressIn(variables);
      if (!written) continue;
      yield {
        stack: 'rust-sqlx',
        running,
        pool: poolOf(application, variables, open),
        processes: { count: 1, at: undefined, resource: undefined, name: 'processes' },
        address: readDatabaseAddress(written.value ?? ''),
        addressAt: { at: written.at, resource: written.resource },
      };
    }
  }
};

/** `DATABASE_URL`, which SQLx reads by itself, or the only variable that holds the address of a database. */
function addressIn(variables: ReadonlyMap<string, EffectiveSetting>): EffectiveSetting | undefined {
  const usual = variables.get('DATABASE_URL');
  if (usual) return usual;
  const found = [...variables.values()].filter(({ value }) => readDatabaseAddress(value ?? '')?.host !== undefined);
  return found.length === 1 ? found[0] : undefined;
}

/** The size of the only pool of the sources: a number, or a variable of the environment that bears the same name. */
function poolOf(
  { source }: RustApplication,
  variables: ReadonlyMap<string, EffectiveSetting>,
  open: boolean,
): CountedSetting | undefined {
  const pools = source.files
    .filter(({ type }) => type === RUST_SOURCE)
    .flatMap((resource) => (resource.model as RustSource).pools.map((pool) => ({ resource, pool })))
    .filter(({ pool }) => /^(?:Pg|MySql|Any)Pool/.test(pool.type));
  const [only, ...others] = pools;
  if (!only || others.length > 0) return undefined;
  const { resource, pool } = only;
  const name = 'max_connections';
  const setting = pool.settings.find((other) => other.name === name);
  if (!setting) return { count: DEFAULT_POOL, at: undefined, resource: undefined, name };
  if (setting.count !== undefined) {
    return { count: setting.count, at: { source: resource.root.source, span: setting.span }, resource, name };
  }
  const variable = setting.variable && !open ? variables.get(setting.variable.toUpperCase()) : undefined;
  const count = Number(variable?.value);
  return variable && Number.isInteger(count) && count > 0
    ? { count, at: variable.at, resource: variable.resource, name: variable.name }
    : undefined;
}
