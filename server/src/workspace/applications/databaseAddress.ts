export type DatabaseEngine = 'postgresql' | 'mysql' | 'mariadb' | 'sqlserver' | 'oracle' | 'sqlite' | 'h2';

/** Where a connection string leads. */
export interface DatabaseAddress {
  readonly engine: DatabaseEngine | undefined;
  /** Undefined for files and databases in memory. */
  readonly host: string | undefined;
  /** As written; undefined where the engine's own port is meant. */
  readonly port: number | undefined;
  readonly database: string | undefined;
  /** `postgresql+asyncpg`: what follows the plus sign, for the clients that choose a driver by it. */
  readonly driver: string | undefined;
  /** A password stands in the address itself. */
  readonly hasPassword: boolean;
}

const ENGINES: Readonly<Record<string, DatabaseEngine>> = {
  postgres: 'postgresql',
  postgresql: 'postgresql',
  pgsql: 'postgresql',
  mysql: 'mysql',
  mariadb: 'mariadb',
  sqlserver: 'sqlserver',
  mssql: 'sqlserver',
  oracle: 'oracle',
  sqlite: 'sqlite',
  h2: 'h2',
};

const URL_FORM =
  /^(?:jdbc:|r2dbc:(?:pool:)?)?([a-z0-9]+)(?:\+([a-z0-9_]+))?:(?:[a-z]+:)?\/\/(?:([^@/]*)@)?(\[[^\]]*\]|[^:/?;,]*)(?::(\d+))?(?:[/;]([^?;]*))?/i;

/**
 * Reads the address of a database as JDBC, R2DBC, SQLAlchemy and SQLx write it. Undefined for what is none, and for
 * addresses of several hosts, of which nobody knows which one answers.
 */
export function readDatabaseAddress(text: string): DatabaseAddress | undefined {
  const match = URL_FORM.exec(text.trim());
  if (!match) return withoutHost(text.trim());
  const [whole, scheme, driver, credentials, host, port, database] = match as unknown as [
    string,
    string,
    ...(string | undefined)[],
  ];
  if (text.trim()[whole.length] === ',') return undefined;
  const engine = ENGINES[scheme.toLowerCase()];
  if (engine === undefined) return undefined;
  return {
    engine,
    host: host === '' || engine === 'sqlite' || engine === 'h2' ? undefined : host?.toLowerCase(),
    port: port === undefined ? undefined : Number(port),
    database: database === '' ? undefined : database,
    driver,
    hasPassword: credentials?.includes(':') === true && !credentials.endsWith(':'),
  };
}

/** `jdbc:h2:mem:shop`, `sqlite:shop.db`: no server answers there. */
function withoutHost(text: string): DatabaseAddress | undefined {
  const scheme = /^(?:jdbc:)?(h2|sqlite)(?:\+([a-z]+))?:/i.exec(text);
  if (!scheme) return undefined;
  const engine = ENGINES[scheme[1]!.toLowerCase()];
  return { engine, host: undefined, port: undefined, database: undefined, driver: scheme[2], hasPassword: false };
}
