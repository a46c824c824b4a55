import { ALEMBIC_REVISION } from '../../languages/python/pythonLanguage.ts';
import type { PythonEntry } from '../../languages/python/pythonValue.ts';
import { SERVING_TYPES } from '../kubernetes/workload.ts';
import type { ResourceGraph } from '../resourceGraph.ts';
import { type DatabaseAddress, readDatabaseAddress } from './databaseAddress.ts';
import type { CountedSetting, DatabaseClient } from './databaseClient.ts';
import { environmentOf } from './environment.ts';
import { hasPythonPackage } from './pythonPackages.ts';
import { pythonProcesses } from './pythonProcesses.ts';
import { effectiveValue, type PythonSettingEntry, pythonModules } from './pythonSetting.ts';
import type { EffectiveSetting } from './setting.ts';
import { type RunningSource, runningSources, type SourceFolder } from './sourceFolders.ts';

/** SQLAlchemy's own defaults of its QueuePool. */
const POOL_SIZE = 5;
const MAX_OVERFLOW = 10;

const ENGINE = /(?:^|\.)create_(?:async_)?engine$/;

/** The options of the only engine that a folder of sources makes. */
export interface EngineOptions extends Omit<PythonSettingEntry, 'entry'> {
  readonly options: readonly PythonEntry[];
  /** Options may be added by what is not read here. */
  readonly open: boolean;
  /** The first argument of `create_engine`; Flask-SQLAlchemy takes a setting instead. */
  readonly url: PythonEntry['value'] | undefined;
  readonly isAsynchronous: boolean;
  /** Where a message about a missing option stands. */
  readonly span: PythonEntry['nameSpan'];
}

/** Every engine of a folder of sources: `SQLALCHEMY_ENGINE_OPTIONS`, and calls of `create_engine`. */
export function enginesOf(source: SourceFolder): readonly EngineOptions[] {
  return pythonModules(source).flatMap(({ file, resource }) => {
    const own = { file, resource };
    const flask = file.module.settings
      .filter(({ name }) => name === 'SQLALCHEMY_ENGINE_OPTIONS')
      .map(
        ({ value, nameSpan }): EngineOptions => ({
          ...own,
          options: value.entries ?? [],
          open: value.entries === undefined || value.open === true,
          url: undefined,
          isAsynchronous: false,
          span: nameSpan,
        }),
      );
    const calls = file.module.calls
      .filter(({ callee }) => ENGINE.test(callee))
      .map(
        (call): EngineOptions => ({
          ...own,
          options: call.keywords,
          open: call.open,
          url: call.positional[0],
          isAsynchronous: /create_async_engine$/.test(call.callee),
          span: call.calleeSpan,
        }),
      );
    return [...flask, ...calls];
  });
}

/** A folder of sources that works on a database by SQLAlchemy. */
export function usesSqlAlchemy(source: SourceFolder, graph: ResourceGraph): boolean {
  return (
    hasPythonPackage(source, graph, 'sqlalchemy', 'flask-sqlalchemy', 'sqlmodel') ||
    source.files.some(({ type }) => type === ALEMBIC_REVISION)
  );
}

/** The clients of databases that are written in Python with SQLAlchemy. */
export function* pythonDatabaseClients(graph: ResourceGraph): Iterable<DatabaseClient> {
  for (const running of runningSources(graph)) {
    if (!SERVING_TYPES.includes(running.workload.resource.type) || !usesSqlAlchemy(running.source, graph)) continue;
    const written = databaseUrl(running, graph);
    const address = written?.value === undefined ? undefined : readDatabaseAddress(written.value);
    yield {
      stack: 'flask-sqlalchemy',
      running,
      pool: address?.engine === 'sqlite' ? undefined : poolOf(running, graph),
      processes: pythonProcesses(running, graph),
      address,
      addressAt: written && { at: written.at, resource: written.resource },
    };
  }
}

/**
 * The URL of the database as the process gets it: what the engine or Flask-SQLAlchemy is given, or the only variable of the
 * environment that holds one.
 */
export function databaseUrl(running: RunningSource, graph: ResourceGraph): EffectiveSetting | undefined {
  const settings = pythonModules(running.source).flatMap(({ file, resource }) => [
    ...file.module.settings
      .filter(({ name }) => /^(?:SQLALCHEMY_)?DATABASE_UR[IL]$/.test(name))
      .map((entry) => ({ entry, file, resource })),
    ...file.module.calls
      .filter(({ callee }) => ENGINE.test(callee))
      .flatMap(({ positional: [url], calleeSpan }) =>
        url ? { entry: { name: 'url', nameSpan: calleeSpan, value: url }, file, resource } : [],
      ),
  ]);
  const known = settings
    .map(({ entry, ...own }) => effectiveValue(entry.name, entry.value, own, running, graph))
    .filter(({ value }) => value !== undefined && isDatabase(readDatabaseAddress(value)));
  const environment = environmentOf(running, graph);
  const variables = [...environment.variables.values()].filter(
    ({ value }) => value !== undefined && isDatabase(readDatabaseAddress(value)),
  );
  const candidates = variables.length > 0 ? variables : known;
  const addresses = new Set(candidates.map(({ value }) => value));
  return addresses.size === 1 ? candidates[0] : undefined;
}

function isDatabase(address: DatabaseAddress | undefined): boolean {
  return address?.engine !== undefined;
}

/** `pool_size` + `max_overflow` of the only engine; undefined where one of them cannot be known. */
export function poolOf(running: RunningSource, graph: ResourceGraph): CountedSetting | undefined {
  const [engine, ...others] = enginesOf(running.source);
  if (others.length > 0) return undefined;
  if (!engine) {
    const isFlask = hasPythonPackage(running.source, graph, 'flask-sqlalchemy');
    const count = POOL_SIZE + MAX_OVERFLOW;
    return isFlask ? { count, at: undefined, resource: undefined, name: 'pool_size + max_overflow' } : undefined;
  }
  const option = (name: string): EffectiveSetting | undefined => {
    const entry = engine.options.find((candidate) => candidate.name === name);
    return entry && effectiveValue(name, entry.value, engine, running, graph);
  };
  // Another class of pool counts in another way.
  if (engine.open || option('poolclass') || option('creator')) return undefined;
  const size = option('pool_size');
  const overflow = option('max_overflow');
  const count = numberOf(size, POOL_SIZE) + numberOf(overflow, MAX_OVERFLOW);
  // 0 and -1 mean that there is no bound.
  if (!Number.isInteger(count) || numberOf(size, POOL_SIZE) < 1 || numberOf(overflow, MAX_OVERFLOW) < 0)
    return undefined;
  const written = size ?? overflow;
  return { count, at: written?.at, resource: written?.resource, name: 'pool_size + max_overflow' };
}

function numberOf(setting: EffectiveSetting | undefined, fallback: number): number {
  if (!setting) return fallback;
  return setting.value === undefined || setting.value.trim() === '' ? Number.NaN : Number(setting.value);
}
