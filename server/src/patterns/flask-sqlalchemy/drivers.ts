/** A driver that a URL may name: the package that brings it, and whether it works with an asynchronous engine. */
export interface Driver {
  readonly packages: readonly string[];
  readonly isAsynchronous: boolean;
  readonly isSynchronous: boolean;
}

const sync = (...packages: string[]): Driver => ({ packages, isAsynchronous: false, isSynchronous: true });
const async = (...packages: string[]): Driver => ({ packages, isAsynchronous: true, isSynchronous: false });

/** By dialect and driver as SQLAlchemy's documentation names them. */
const DRIVERS: Readonly<Record<string, Driver>> = {
  'postgresql+psycopg2': sync('psycopg2', 'psycopg2-binary'),
  'postgresql+psycopg': { packages: ['psycopg'], isAsynchronous: true, isSynchronous: true },
  'postgresql+asyncpg': async('asyncpg'),
  'postgresql+pg8000': sync('pg8000'),
  'mysql+pymysql': sync('pymysql'),
  'mysql+mysqldb': sync('mysqlclient'),
  'mysql+mysqlconnector': sync('mysql-connector-python'),
  'mysql+aiomysql': async('aiomysql'),
  'mysql+asyncmy': async('asyncmy'),
  'mssql+pyodbc': sync('pyodbc'),
  'mssql+pymssql': sync('pymssql'),
  'mssql+aioodbc': async('aioodbc'),
  'oracle+oracledb': { packages: ['oracledb'], isAsynchronous: true, isSynchronous: true },
  'sqlite+aiosqlite': async('aiosqlite'),
};

/** What a URL without a driver means. */
const DEFAULTS: Readonly<Record<string, string>> = { postgresql: 'psycopg2', mysql: 'mysqldb', mariadb: 'mysqldb' };

/** The driver that a URL asks for, and its name; undefined for those that are not known here. */
export function driverOf(url: string): { readonly name: string; readonly driver: Driver } | undefined {
  const [, dialect, written] = /^([a-z]+)(?:\+([a-z0-9_]+))?:/.exec(url) ?? [];
  const short = written ?? DEFAULTS[dialect ?? ''];
  if (dialect === undefined || short === undefined) return undefined;
  const name = `${dialect}+${short}`;
  const driver = DRIVERS[name.replace(/^mariadb/, 'mysql')];
  return driver && { name, driver };
}

/** Every package that brings a driver. */
export const DRIVER_PACKAGES: readonly string[] = Object.values(DRIVERS).flatMap(({ packages }) => packages);
