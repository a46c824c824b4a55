import { ALEMBIC_CONFIGURATION } from '../../languages/python/iniLanguage.ts';
import { placeIn } from '../../languages/python/pythonLanguage.ts';
import { databaseRole } from '../../rules/parts/databaseRole.ts';
import { runningSource } from '../../rules/parts/runningSource.ts';
import { definePattern, type Participant } from '../../rules/pattern.ts';
import { enginesOf, usesSqlAlchemy } from '../../workspace/applications/pythonDatabaseClients.ts';
import { pythonPackages } from '../../workspace/applications/pythonPackages.ts';
import { pythonModules } from '../../workspace/applications/pythonSetting.ts';
import { type SourceFolder, sourceFoldersOf } from '../../workspace/applications/sourceFolders.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { applyFlaskSqlAlchemy } from './applyFlaskSqlAlchemy.ts';
import { DRIVER_PACKAGES } from './drivers.ts';
import { explanations } from './explanations.ts';
import { isMigration } from './migrationInEveryReplica.ts';
import { revisionFolders } from './revisions.ts';

export const pattern = definePattern({
  id: 'flask-sqlalchemy',
  title: 'Flask with SQLAlchemy',
  category: 'data',
  summary:
    'Keeps the data of a Python service in a database: mapped by SQLAlchemy, migrated by Alembic, pooled per worker.',
  roles: {
    orm: { title: 'object-relational mapper', required: true },
    driver: { title: 'driver of the database', required: true },
    engine: { title: 'engine or its settings', required: true },
    configuration: { title: 'configuration of the migrations', required: true },
    history: { title: 'first migration', required: true },
    workload: { title: 'workload that runs it', required: false },
    address: { title: 'address of the database', required: true },
    job: { title: 'run of the migrations', required: true },
    database: { title: 'database', required: true },
  },
  *recognize(graph) {
    for (const source of sourceFoldersOf(graph)) {
      if (!usesSqlAlchemy(source, graph)) continue;
      const own = [...ofSources(source, graph)];
      const running = [
        ...runningSource(source, graph, { stack: 'flask-sqlalchemy', addressRole: 'address', isMigration }),
      ];
      const { participants, isMissing } = databaseRole('flask-sqlalchemy', source, graph);
      const all = [...own, ...running, ...participants];
      const plays = (role: string) => all.some((participant) => participant.role === role);
      const deployed = ['address', 'job'].filter(() => plays('workload'));
      yield {
        pattern: 'flask-sqlalchemy',
        name: source.name,
        participants: all,
        missing: [
          ...['orm', 'driver', 'engine', 'configuration', 'history', ...deployed].filter((role) => !plays(role)),
          ...(isMissing ? ['database'] : []),
        ],
      };
    }
  },
  explanations,
  apply: applyFlaskSqlAlchemy,
});

function* ofSources(source: SourceFolder, graph: ResourceGraph): Iterable<Participant> {
  const packages = pythonPackages(source, graph);
  const orm = packages.get('flask-sqlalchemy') ?? packages.get('sqlalchemy') ?? packages.get('sqlmodel');
  if (orm) yield { role: 'orm', resource: orm.resource, at: orm.at };
  for (const name of DRIVER_PACKAGES) {
    const driver = packages.get(name);
    if (driver) yield { role: 'driver', resource: driver.resource, at: driver.at };
  }
  const engines = enginesOf(source).map(({ file, resource, span }) => ({ resource, at: placeIn(file, span) }));
  const urls = pythonModules(source).flatMap(({ file, resource }) =>
    file.module.settings.flatMap(({ name, nameSpan }) =>
      name === 'SQLALCHEMY_DATABASE_URI' ? { resource, at: placeIn(file, nameSpan) } : [],
    ),
  );
  for (const engine of engines.length > 0 ? engines : urls) yield { role: 'engine', ...engine };
  for (const resource of source.files) {
    if (resource.type !== ALEMBIC_CONFIGURATION) continue;
    const at = resource.root.find('alembic', 'script_location') ?? resource.root;
    yield { role: 'configuration', resource, at };
  }
  for (const [folder, { revisions }] of revisionFolders(graph)) {
    if (!folder.startsWith(source.folder)) continue;
    for (const { resource, file, idValue, parents } of revisions)
      if (parents?.length === 0) yield { role: 'history', resource, at: placeIn(file, idValue.span) };
  }
}
